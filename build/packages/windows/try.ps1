# Install what build.ps1 made, start it, make a training profile, remove it. For a machine of its own.
# NOT YET RUN ON WINDOWS: written and read, but no Windows machine has carried it out so far.

Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"
$Setup = Get-ChildItem "dist\intake-app_*_x64-setup.exe" | Select-Object -First 1
$App = "$env:ProgramFiles\Intake"
$Profile2 = Join-Path $env:TEMP "intake-try\department"

function Invoke-Program([string]$Program, [string[]]$Words) {
    $Ended = Start-Process $Program -ArgumentList $Words -Wait -PassThru
    if ($Ended.ExitCode -ne 0) { throw "$Program ended with $($Ended.ExitCode)" }
}

Invoke-Program $Setup.FullName @("/VERYSILENT", "/NORESTART")
Invoke-Program "$App\intake-app-command.exe" @("--version")
Invoke-Program "$App\intake-app-command.exe" @("demo", "--profile", $Profile2, "--people", "5")
Invoke-Program "$App\intake-app.exe" @("--profile", $Profile2, "--paint-and-exit")
Invoke-Program "$App\unins000.exe" @("/VERYSILENT", "/NORESTART")
if (Test-Path "$App\intake-app.exe") { throw "The program is still there." }
if (-not (Test-Path $Profile2)) { throw "The records are gone." }
