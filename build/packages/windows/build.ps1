# The installer for Windows: .\build\packages\windows\build.ps1 [-Sign THUMBPRINT]
#
# NOT YET RUN ON WINDOWS: written and read, but no Windows machine has carried it out so far.
# Needs Python 3.11 or newer and Inno Setup 6 (ISCC.exe); for -Sign a certificate in the store of this
# user and signtool.exe of the Windows SDK.

param(
    [string]$Sign = "",
    [string]$To = "dist",
    [string]$TimestampServer = "http://timestamp.digicert.com"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"
$Root = (Resolve-Path "$PSScriptRoot\..\..\..").Path
Set-Location $Root

function Invoke-Checked([string]$Program, [string[]]$Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

function Find-Program([string]$Name, [string[]]$Places) {
    $Found = Get-Command $Name -ErrorAction SilentlyContinue
    if ($Found) { return $Found.Source }
    foreach ($Place in $Places) { if (Test-Path $Place) { return $Place } }
    throw "$Name was not found."
}

function Add-Signature([string[]]$Files) {
    if (-not $Sign) { return }
    $SignTool = Find-Program "signtool.exe" @(
        Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" -ErrorAction SilentlyContinue |
            Sort-Object FullName -Descending | ForEach-Object { $_.FullName }
    )
    Invoke-Checked $SignTool (@("sign", "/sha1", $Sign, "/fd", "SHA256", "/tr", $TimestampServer, "/td", "SHA256") + $Files)
}

Invoke-Checked "python" @("build/package", "folder", "--to", $To)
$Folder = Join-Path $Root ".work\package\dist\intake-app"
$Icons = Join-Path $Root ".work\package\icons"
$env:PYTHONPATH = Join-Path $Root "build"
Invoke-Checked "$Root\.work\package\venv\Scripts\python.exe" @("-m", "packages.icons", $Icons)

# Both programs of the folder are ours; Qt's libraries stay as their makers signed them.
Add-Signature @("$Folder\intake-app.exe", "$Folder\intake-app-command.exe")

$Version = (Get-Content "pyproject.toml" | Select-String '^version = "(.+)"$').Matches[0].Groups[1].Value
$Compiler = Find-Program "ISCC.exe" @("${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe", "$env:ProgramFiles\Inno Setup 6\ISCC.exe")
Invoke-Checked $Compiler @("/DVersion=$Version", "/DFolder=$Folder", "/DIcons=$Icons", "/O$To", "build\packages\windows\intake.iss")

$Setup = Join-Path $To "intake-app_${Version}_x64-setup.exe"
Add-Signature @($Setup)
Invoke-Checked "python" @("build/packages/checksums.py", $To)
Get-ChildItem $To
