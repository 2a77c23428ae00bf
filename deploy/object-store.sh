#!/bin/sh
# Puts a built site into an object store that speaks S3: sh deploy/object-store.sh FOLDER s3://BUCKET [OPTION OF aws …]
#
# FOLDER is dist/site of `make offline`, or site/ of `make site`. It needs the AWS command line (`pip install awscli`),
# which knows the store by AWS_ENDPOINT_URL and the key as always. Text is put there as gzip, which every browser takes
# and the store hands out as it is; scripts, styles and pictures come first, pages last, and what is gone goes after that.
set -eu

folder=${1%/} bucket=${2%/}
shift 2
[ -f "$folder/index.html" ] || { echo "$folder: holds no index.html; accepted: the folder of a built site" >&2; exit 1; }
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

"${PYTHON:-.venv/bin/python}" scripts/compress.py "$folder"
cp -R "$folder" "$stage/plain"
# A file with a compressed form goes as that, under its own name; the sitemap's own .gz nobody asks for. Not the page for
# errors, which a store may send without saying that it is compressed.
(cd "$stage/plain" && rm -f 404.html.gz && find . -name '*.br' -exec rm {} + && find . -name '*.gz' | while read -r form; do
    mkdir -p "../packed/$(dirname "$form")"
    mv "$form" "../packed/${form%.gz}"
    rm -f "${form%.gz}"
done)

put() { # the ending of the names, their type
    for form in packed plain; do
        [ "$(find "$stage/$form" -name "*.$1" | head -1)" ] || continue
        [ "$form" = packed ] && coding="--content-encoding gzip" || coding=
        # shellcheck disable=SC2086 # no coding is no word
        aws s3 cp "$stage/$form" "$bucket" --recursive --only-show-errors --exclude '*' --include "*.$1" \
            --content-type "$2" --cache-control no-cache $coding $options
    done
}

options=$*
put js 'text/javascript; charset=utf-8'
put css 'text/css; charset=utf-8'
put svg image/svg+xml
put png image/png
put woff2 font/woff2
put json application/json
put txt 'text/plain; charset=utf-8'
put md 'text/markdown; charset=utf-8'
put pdf application/pdf
put epub application/epub+zip
put apkg application/octet-stream
put zip application/zip
put xml 'text/xml; charset=utf-8'
put html 'text/html; charset=utf-8'

# What the site has no longer is removed. `aws s3 sync --delete` takes each list for sorted, which not every store's is.
(cd "$stage/plain" && find . -type f; cd "$stage/packed" && find . -type f) | sed 's|^\./||' | sort > "$stage/here"
# shellcheck disable=SC2086
aws s3 ls "$bucket/" --recursive $options | sed -E 's/^[^ ]+ +[^ ]+ +[0-9]+ //' | sort > "$stage/there"
comm -13 "$stage/here" "$stage/there" | while read -r gone; do
    # shellcheck disable=SC2086
    aws s3 rm "$bucket/$gone" --only-show-errors $options
done
