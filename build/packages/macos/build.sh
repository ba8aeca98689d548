#!/bin/bash
# The disk image for macOS: build/packages/macos/build.sh [TO]
#
# NOT YET RUN ON MACOS: written and read, but no Mac has carried it out so far.
# Without the variables below it makes an unsigned image, which only its maker's own Mac opens at once.
#   SIGN_AS         "Developer ID Application: NAME (TEAM)", a certificate in the keychain
#   NOTARY_PROFILE  what `xcrun notarytool store-credentials` was told to call them

set -euo pipefail
cd "$(dirname "$0")/../../.."
to="${1:-dist}"
here=build/packages/macos
folder=.work/package/dist

python3 build/package folder --to "$to"
version="$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml | head -1)"
app="$folder/Intake.app"
image="$to/intake-app_${version}_$(uname -m).dmg"

if [ -n "${SIGN_AS:-}" ]; then
    # From the inside out: each library, then the bundle. Deep signing would hide what was left out.
    find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm -u+x \) -print0 |
        xargs -0 -n 20 codesign --force --timestamp --options runtime \
            --entitlements "$here/entitlements.plist" --sign "$SIGN_AS"
    codesign --force --timestamp --options runtime \
        --entitlements "$here/entitlements.plist" --sign "$SIGN_AS" "$app"
    codesign --verify --strict --verbose=2 "$app"
else
    echo "SIGN_AS is not set: the image is not signed." >&2
fi

staging="$(mktemp -d)"
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
rm -f "$image"
hdiutil create -volname "Intake $version" -srcfolder "$staging" -format UDZO "$image"

if [ -n "${SIGN_AS:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --timestamp --sign "$SIGN_AS" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
else
    echo "NOTARY_PROFILE is not set: the image is not notarized." >&2
fi
python3 build/packages/checksums.py "$to"
