@echo off
rem Starts the command nmf; builds it first where that was not done since the sources last changed.
rem Java: JAVA_HOME if set, else java on PATH. NMF_JAVA_OPTS: further options of the virtual machine.
setlocal enableextensions
set "root=%~dp0"
set "lib=%root%nmf-cli\target\lib"
set "stamp=%lib%\.built"

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo nmf: Java 17 or newer must be installed: none is in JAVA_HOME or on PATH 1>&2
    exit /b 1
)

set "stale=1"
powershell -NoProfile -Command "$s = Get-Item -LiteralPath $env:stamp -Force -ErrorAction SilentlyContinue; if (-not $s) { exit 1 }; $f = @(Get-Item ($env:root + 'pom.xml'), ($env:root + 'nmf-*\pom.xml')) + @(Get-ChildItem ($env:root + 'nmf-*\src\main') -Recurse); if ($f | Where-Object { $_.LastWriteTime -gt $s.LastWriteTime }) { exit 1 } else { exit 0 }" >nul 2>&1
if not errorlevel 1 set "stale="

if defined stale (
    echo building nmf4j ^(once^)... 1>&2
    if exist "%lib%" rmdir /s /q "%lib%"
    mkdir "%lib%"
    type nul > "%lib%\.building"
    call "%root%mvnw.cmd" -q -B -ntp -f "%root%pom.xml" -pl nmf-cli -am package -Dmaven.test.skip=true 1>&2
    if errorlevel 1 (
        echo nmf: the build failed; mvnw -pl nmf-cli -am package in %root% shows why 1>&2
        exit /b 1
    )
    move /y "%lib%\.building" "%stamp%" >nul
)

"%java%" -XX:+UseParallelGC -XX:MaxRAMPercentage=75 -XX:+DisplayVMOutputToStderr %NMF_JAVA_OPTS% -cp "%lib%\*" io.github.nmf4j.cli.Main %*
exit /b %errorlevel%
