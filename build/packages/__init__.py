"""Makes what a department installs: a folder by PyInstaller, and packages (docs/packaging.md)."""
