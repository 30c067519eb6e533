@echo off
rem Runs an installed Hookferry on Windows. JAVA_OPTS adds options of Java.
setlocal
set "home=%~dp0.."
if exist "%home%\runtime\bin\java.exe" (
  set "java=%home%\runtime\bin\java.exe"
) else if defined JAVA_HOME (
  set "java=%JAVA_HOME%\bin\java.exe"
) else (
  set "java=java"
)
set "collector=-XX:+UseSerialGC"
rem Java does not start with two collectors.
echo %JAVA_OPTS% | findstr /r /c:"-XX:+Use.*GC" >nul && set "collector="
set "options=%collector% -XX:TieredStopAtLevel=1"
if "%~1"=="serve" set "options=%collector% -Xmx512m"
rem A short command is over before the second compiler pays; these are not short.
for %%c in (bench copy demo grade restore) do if "%~1"=="%%c" set "options="
"%java%" %options% "-Dhookferry.command=%~0" %JAVA_OPTS% -jar "%home%\lib\hookferry.jar" %*
exit /b %ERRORLEVEL%
