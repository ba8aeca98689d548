; The installer for Windows, compiled by build.ps1 with Inno Setup 6.
; NOT YET RUN ON WINDOWS: written and read, but no Windows machine has carried it out so far.

#ifndef Version
  #error Start this by build.ps1, which says the version.
#endif

[Setup]
; This id makes a later version replace an earlier one. Never change it.
AppId={{B7B0D3A1-6F0E-4C52-9E55-6C1E2D0B0A77}
AppName=Intake
AppVersion={#Version}
AppPublisher=The Intake contributors
DefaultDirName={autopf}\Intake
DefaultGroupName=Intake
DisableProgramGroupPage=yes
; The computer is shared: one program for all users, installed by an administrator.
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#SourcePath}\..\..\..\LICENSE
SetupIconFile={#Icons}\intake.ico
UninstallDisplayIcon={app}\intake-app.exe
OutputBaseFilename=intake-app_{#Version}_x64-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
; A window that is open holds its files: it is asked to close, and records are saved as at any closing.
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[InstallDelete]
; Nothing of an older version stays beside the new one.
Type: filesandordirs; Name: "{app}\lib"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Intake"; Filename: "{app}\intake-app.exe"
Name: "{autodesktop}\Intake"; Filename: "{app}\intake-app.exe"

[Registry]
Root: HKLM; Subkey: "Software\Classes\.sealed"; ValueType: string; ValueData: "Intake.Sealed"; Flags: uninsdeletevalue
Root: HKLM; Subkey: "Software\Classes\Intake.Sealed"; ValueType: string; ValueData: "Sealed file of Intake"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\Intake.Sealed\DefaultIcon"; ValueType: string; ValueData: "{app}\intake-app.exe,0"
Root: HKLM; Subkey: "Software\Classes\Intake.Sealed\shell\open\command"; ValueType: string; ValueData: """{app}\intake-app.exe"" ""%1"""
Root: HKLM; Subkey: "Software\Classes\.intake-pack"; ValueType: string; ValueData: "Intake.Pack"; Flags: uninsdeletevalue
Root: HKLM; Subkey: "Software\Classes\Intake.Pack"; ValueType: string; ValueData: "Form pack of Intake"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\Intake.Pack\DefaultIcon"; ValueType: string; ValueData: "{app}\intake-app.exe,0"
Root: HKLM; Subkey: "Software\Classes\Intake.Pack\shell\open\command"; ValueType: string; ValueData: """{app}\intake-app.exe"" ""%1"""
Root: HKLM; Subkey: "Software\Classes\.update"; ValueType: string; ValueData: "Intake.Update"; Flags: uninsdeletevalue
Root: HKLM; Subkey: "Software\Classes\Intake.Update"; ValueType: string; ValueData: "Update of Intake"; Flags: uninsdeletekey
Root: HKLM; Subkey: "Software\Classes\Intake.Update\DefaultIcon"; ValueType: string; ValueData: "{app}\intake-app.exe,0"
Root: HKLM; Subkey: "Software\Classes\Intake.Update\shell\open\command"; ValueType: string; ValueData: """{app}\intake-app.exe"" ""%1"""

[Run]
Filename: "{app}\intake-app.exe"; Description: "{cm:LaunchProgram,Intake}"; Flags: nowait postinstall skipifsilent

; No [UninstallDelete]: records lie in each user's own folder, and no uninstaller touches them.
