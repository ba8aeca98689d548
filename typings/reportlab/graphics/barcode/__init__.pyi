"""Only what intake_app.pdf uses of ReportLab 5.1 (BSD)."""
