#!/usr/bin/env bash
# Publishes both programs for each platform, each folder with the licences (LICENSER.txt) and the list of components
# (sbom.json, CycloneDX) of what is in it, and prints the sizes. A folder holds the native libraries of its own platform.
#   bash src/tools/publish.sh [FOLDER] [PLATFORM …]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-publicerat}; shift || true
[ "$#" -gt 0 ] || set -- linux-x64 win-x64
dotnet tool restore

for platform; do
  for program in Web:webb Cli:finsam; do
    project=src/FinsamOutcomes.${program%:*} folder=$out/$platform/${program#*:}
    rm -rf "$folder"
    # Nothing in it tells where it was made.
    dotnet publish "$project" -c Release -r "$platform" --self-contained false -o "$folder" -p:PathMap="$PWD/=/"
    dotnet dotnet-CycloneDX "$project/FinsamOutcomes.${program%:*}.csproj" --disable-package-restore --runtime "$platform" \
      --set-version "$(dotnet msbuild "$project" -getProperty:Version)" --exclude-dev --no-serial-number \
      --output-format Json --output "$folder" --filename sbom.json >/dev/null
    dotnet run src/tools/licences.cs -- "$folder"
    case $platform in
      linux-*) foreign='.*\(\.dylib\|/lib[^/]*\.dll\|/e_sqlite3\.dll\|\.SNI\.dll\|\.exe\)' ;;
      win-*) foreign='.*\(\.dylib\|\.so\)' ;;
      *) foreign= ;;
    esac
    if [ -d "$folder/runtimes" ] || [ -n "$(find "$folder" -regex "$foreign")" ]; then
      echo "$folder: bibliotek för en annan plattform har följt med." >&2
      exit 1
    fi
    if grep -rqaF "$PWD/" "$folder"; then
      echo "$folder: säger var det är gjort." >&2
      exit 1
    fi
  done
done
du -sh "$out"/*/*
