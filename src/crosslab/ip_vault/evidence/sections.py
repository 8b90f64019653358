"""The sections of `VERIFY.md` that are the same in every bundle, but for what stands between braces or behind an @."""

HEAD = """# How to check this bundle by hand

Needed: a Unix shell (bash) with GNU coreutils, `sed`, `grep`, `cut` and `openssl` 3.0 or newer. For section 7,
`age` 1.3 or newer (<https://age-encryption.org>); older ones do not know the kind of key that the sealed files
are for. Unpack the bundle, open a shell in its folder, and paste the blocks in their order into one `bash -e`.
It ends at the first check that fails.

The program does the same, and reads the rules of the statements as well: `python3 -I verify.py . --log-vkey KEY`.
**Use a copy of `verify.py`, the log's key and the fingerprint of the time stamp authority that you did not get
from whoever gave you this bundle.** The fields of statements are explained in SPEC.md of Crosslab.

## 1. The files are those that were packed

```sh
sha256sum --quiet -c tagmanifest-sha256.txt
sha256sum --quiet -c manifest-sha256.txt
test "$(find data -type f | wc -l)" = "$(wc -l < manifest-sha256.txt)"
```

## 2. The log vouches for this history

Compare the key with the one you know the log by. It is the log's alone to sign with.

```sh
work=$(mktemp -d)
pem() { printf -- '-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA%s\\n-----END PUBLIC KEY-----\\n' "$(cat)"; }
key() { grep -o "\\"$2\\":\\"[^\\"]*\\"" "$1" | head -n 1 | cut -d '"' -f 4 | tr '_-' '/+' | sed 's/$/=/' | pem; }
signed() { # NOTE BYTES LINE KEY: is signature LINE under the first BYTES bytes of NOTE by KEY?
  head -c "$2" "$1" > "$work/text"
  tail -c "+$(($2 + 2))" "$1" | sed -n "$3p" | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/sig"
  openssl pkeyutl -verify -pubin -inkey "$4" -rawin -in "$work/text" -sigfile "$work/sig"
}
"""

PLACES = """
## 4. Every statement stands in the log

The line of a statement is `s ID HASH TAG`; the tag follows from the place on its chain, and its last bit is turned
for the five kinds whose text may be kept from all but their parties. Each hash is joined with its neighbour on the
way up, and must lead to the root in the checkpoint.

```sh
unhex() { tr -d '\\n' | tr 'a-f' 'A-F' | basenc -d --base16; }
tag() { { printf 'crosslab.dev/tag/v1\\n'; printf %s "$1" | unhex; } | sha256sum | cut -c 1-32; }
turned() { t=$(tag "$1"); printf '%s%x' "${t%?}" "$((0x${t#"${t%?}"} ^ 1))"; }
parties='"type":"(ack|grant|org\\.wrap|person\\.request|revoke)","v":1}$'
label() { if sed -n 2p "data/statements/$1.note" | grep -qE "$parties"; then turned "$2"; else tag "$2"; fi; }
entry() { printf 's %s %s %s\\n' "$1" "$(sha256sum < "data/statements/$1.note" | cut -c 1-64)" "$(label "$1" "$2")"; }
leaf() { { printf '\\000'; entry "$1" "$2"; } | sha256sum | cut -c 1-64; }
node() { { printf '\\001'; printf '%s%s' "$1" "$2" | unhex; } | sha256sum | cut -c 1-64; }
root_of() { sed -n 3p "$1" | base64 -d | basenc --base16 -w 0 | tr 'A-F' 'a-f'; }
root=$(root_of data/checkpoint)
"""

CHAINS = """
## 5. The chains are whole, and were not forked

Each tag is in the log's lines once, plain or with its last bit turned: two statements at one place would carry the
same. A statement that is not in `data/statements` must have the turned one: it is for its parties alone. After the
end of a chain its next tag must not be there{before}.

```sh
link() { { printf 'crosslab.dev/link/v1\\n'; printf '%s%s' "$1" "$2" | unhex; } | sha256sum | cut -c 1-64; }
for chain in data/chains/*.ids; do
  head=''
  while read -r id; do
    here="($(tag "${head:-$id}")|$(turned "${head:-$id}"))"
    test "$(grep -cE " $here\\$" @LINES@)" = 1
    grep -qE "^s $id .* $here\\$" @LINES@
    test -e "data/statements/$id.note" || grep -q " $(turned "$head")\\$" @LINES@
    head=$(link "$head" "$id")
  done < "$chain"
  if head -n @LAST@ @LINES@ | grep -qE " ($(tag "$head")|$(turned "$head"))\\$"; then false; fi
done
```
"""

TIME = """
## 6. When: what the time stamp authority saw

Compare the root's fingerprint with the one that the authority publishes. The time is in the answer.
"""

SEALED = """
## 7. What was sealed

If there is a folder `data/reveal`: title and list of files are what was signed, and each file is on the list.

```sh
if test -e data/reveal/manifest.json; then
  echo "@COMMITMENT@  data/reveal/manifest.json" | sha256sum -c
  find data/reveal/files data/reveal/renamed -type f 2> "$work/none" | while read -r file; do
    grep -q "\\"sha256\\":\\"$(sha256sum < "$file" | cut -c 1-64)\\"" data/reveal/manifest.json
  done
fi
```

If there is a content key: it opens the sealed files in `data/blobs`. This needs age 1.3 or newer. What comes out
must have a hash that is on the list, or be the list.

```sh age-1.3
for file in data/blobs/*.age; do
  test -e "$file" || continue
  age -d -i data/reveal/content-key.txt "$file" | sha256sum
done
```

If there is a folder `data/reveal/classic`, its files are the shown ones, sealed to a key that any age opens.

```sh age-1.0
for file in data/reveal/classic/*.age; do
  test -e "$file" || continue
  test "$(age -d -i data/reveal/classic/key.txt "$file" | sha256sum | cut -c 1-64)" = "$(basename "$file" .age)"
done
```
"""


MORE_LOGS = """
The register went on from one log to the next: these are {n}, the oldest first. The newest vouches for the ones before
it, for each begins with the hash of the checkpoint that the one before ended with; section 4 checks that. **A log that
has ended cannot vouch for the key of the next one: compare each of these keys with the one that its operator made
known.**

```sh
"""
LINES_OF_ALL = """
The lines of all logs, one after the other; a log that follows another begins with the line `p HASH`, and no other
line of any log is one.

```sh
cat {files} > "$work/lines"
{tests}```
"""

SHORTER = """
The stamped log is shorter than the checkpoint's. That this one begins with it is what its `.proof` shows
(RFC 9162, section 2.1.4.2).
"""
