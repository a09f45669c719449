# What ./run says, in the language of --lang or of the locale, by the catalogue po/zh_CN.po. It is read as text, because
# ./run speaks before anything is installed.

language=en
declare -A in_chinese=()

# Pairs of the catalogue: the English text, a tab, the Chinese one. Texts of several lines are none of ./run's.
pairs() {
  awk -v quote='"' '
    function text(line) {
      sub(/^msg(id|str) "/, "", line); sub(/"$/, "", line)
      gsub(/\\"/, quote, line); gsub(/\\\\/, "\\", line)
      return line
    }
    /^msgid "/ { id = text($0) }
    /^msgstr "/ { if (id != "" && index(id, "\\n") == 0) print id "\t" text($0); id = "" }
  ' po/zh_CN.po
}

# speak LANGUAGE — en or zh
speak() {
  local text said
  language=$1
  [ "$language" = zh ] && [ ${#in_chinese[@]} = 0 ] || return 0
  while IFS=$'\t' read -r text said; do in_chinese[$text]=$said; done < <(pairs)
}

# The first of LC_ALL, LC_MESSAGES and LANG that is set, as the program decides.
speak_as_the_locale() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) speak zh ;; *) speak en ;; esac
}

# in_words TEXT [VALUES…] — the text in the language, with the values at its places: {} in order, {0} by number
in_words() {
  local text=$1 value number=0
  [ "$language" != zh ] || [ -z "$1" ] || text=${in_chinese[$1]:-$1}
  shift
  for value in "$@"; do
    case $text in
      *"{$number}"*) text=${text//"{$number}"/"$value"} ;;
      *) text=${text/"{}"/"$value"} ;;
    esac
    number=$((number + 1))
  done
  printf '%s' "$text"
}

# padded WIDTH TEXT — with blanks behind it; a Chinese sign is two columns wide
padded() {
  local LC_ALL=C.UTF-8 text=$2 wide blanks
  wide=${text//[^一-鿿，。：；（）、“”]/}
  blanks=$(($1 - ${#text} - ${#wide}))
  printf '%s%*s' "$text" $((blanks > 0 ? blanks : 0)) ''
}

say() { printf '%s\n' "$(in_words "$@")"; }
fail() { printf 'run: %s\n' "$(in_words "$@")" >&2; exit 1; }

# about HEAD LINES… — a row of the help
about() {
  local head=$1 text
  shift
  for text in "$@"; do
    printf '%-19s %s\n' "$head" "$(in_words "$text")"
    head=
  done
}
