@echo off
rem Starts Longtail on Windows, see the script longtail beside this one. In a source tree it builds the distribution when
rem there is none; after a change of the sources run: mvnw.cmd -DskipTests package
rem It keeps no loaded classes for later starts, as the other script does.
setlocal
set "HERE=%~dp0"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
    echo longtail: no Java found; install JDK 17 or newer and put it on the PATH or into JAVA_HOME>&2
    exit /b 1
)
set "VERSION=0"
for /f "tokens=3" %%v in ('""%JAVA%" -XshowSettings:properties -version 2>&1 | findstr "java.specification.version""') do set "VERSION=%%v"
if %VERSION% LSS 17 (
    echo longtail: %JAVA% is Java %VERSION%; JDK 17 or newer is needed, set JAVA_HOME to one>&2
    exit /b 1
)
rem Under --max-memory the heap of train gets what the Java machine itself does not take, see the script longtail.
set "LIMIT="
set "HEAP="
set "NEXT="
set "NEW=64"
if "%~1"=="train" for %%a in (%*) do (
    if defined NEXT set "LIMIT=%%~a"
    set "NEXT="
    if "%%~a"=="--max-memory" set "NEXT=1"
)
set "MEGABYTES=0"
if defined LIMIT (
    if /i "%LIMIT:~-1%"=="k" set /a "MEGABYTES=%LIMIT:~0,-1% / 1000" 2>nul
    if /i "%LIMIT:~-1%"=="m" set /a "MEGABYTES=%LIMIT:~0,-1%" 2>nul
    if /i "%LIMIT:~-1%"=="g" set /a "MEGABYTES=%LIMIT:~0,-1% * 1000" 2>nul
)
set "BOUND="
if %MEGABYTES% GTR 151 (
    set /a "HEAP=(%MEGABYTES% - 150) * 976"
    set /a "NEW=(%MEGABYTES% - 150) / 17"
)
if %NEW% LSS 16 set "NEW=16"
if %NEW% GTR 64 set "NEW=64"
if defined HEAP set "BOUND=-Xmx%HEAP%k"
set "OPTIONS=-XX:MaxRAMPercentage=70 -XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:InitialRAMPercentage=0.3 -Xmn%NEW%m -XX:GCTimeRatio=1 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"
rem As in the script longtail: G1 would take far more memory than it needs.
if %VERSION% LEQ 25 set "OPTIONS=-XX:+UnlockExperimentalVMOptions -XX:G1ExpandByPercentOfAvailable=0 %OPTIONS%"
rem As there: a server is ready sooner.
if "%~1"=="serve" set "OPTIONS=-XX:CompileThresholdScaling=4 %OPTIONS%"
if "%~1"=="serve" if not defined LONGTAIL_JAVA_OPTIONS set "OPTIONS=-XX:InitialHeapSize=160m %OPTIONS%"
if defined BOUND set "OPTIONS=%BOUND% -XX:MaxRAMPercentage=70 -XX:+UseSerialGC -Xmn%NEW%m"

if exist "%HERE%mvnw.cmd" (
    set "HOME_FOLDER=%HERE%cli\target\distribution"
) else (
    set "HOME_FOLDER=%HERE%.."
)
if exist "%HERE%mvnw.cmd" if not exist "%HOME_FOLDER%\lib" (
    echo building longtail, once ...>&2
    pushd "%HERE%"
    call mvnw.cmd -B -q -DskipTests -pl cli -am package >&2
    if errorlevel 1 (
        popd
        echo longtail: the build failed, its log is above>&2
        exit /b 1
    )
    popd
)
if %VERSION% GEQ 22 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED"

"%JAVA%" --list-modules 2>nul | findstr /b "jdk.incubator.vector" >nul
if errorlevel 1 (
    echo longtail: this Java has no module jdk.incubator.vector, so the slower plain Java kernels are used>&2
) else (
    set "OPTIONS=%OPTIONS% --add-modules jdk.incubator.vector"
)

"%JAVA%" %OPTIONS% -cp "%HOME_FOLDER%\lib\*" "-Dlongtail.home=%HOME_FOLDER%" %LONGTAIL_JAVA_OPTIONS% dev.longtail.cli.Main %*
exit /b %ERRORLEVEL%
