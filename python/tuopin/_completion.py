"""``tuopin completion``: what bash and zsh need. The shell asks the program's own help, so nothing is listed twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tuopin._console import Parser, complain, language_given, tell
from tuopin._language import msgid, translator
from tuopin.errors import OutputError

SCRIPTS = {
    "bash": r"""# tuopin: completion for bash. In ~/.bashrc: source <(tuopin completion bash)
_tuopin() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words
  compopt -o default 2>/dev/null
  if [ "$COMP_CWORD" = 1 ]; then
    words=$(tuopin --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
    words="$words summary export chart trace validate assumptions completion"
  elif [ "${word#-}" != "$word" ]; then
    words=$(tuopin "$command" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u)
  else
    return 0
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _tuopin tuopin
""",
    "zsh": r"""# tuopin: completion for zsh. In ~/.zshrc: source <(tuopin completion zsh)
_tuopin() {
  local -a candidates
  if (( CURRENT == 2 )); then
    candidates=(${(f)"$(tuopin --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')"})
    candidates+=(summary export chart trace validate assumptions completion)
    compadd -a candidates
  elif [[ $PREFIX == -* ]]; then
    candidates=(${(f)"$(tuopin $words[2] --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u)"})
    compadd -a candidates
  else
    _files
  fi
}
compdef _tuopin tuopin
""",
}


def command(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``tuopin-completion``."""
    lang = language_given(arguments)
    say = translator(lang)
    parser = Parser(
        lang=lang,
        prog="tuopin completion",
        description=say("Print what a shell needs to complete commands and options."),
        example="tuopin completion bash",
    )
    parser.add_argument("shell", choices=sorted(SCRIPTS), help=say("bash or zsh"))
    parser.add_argument("--lang", choices=["en", "zh"], help=say("language of help and errors"))
    given = parser.parse_args(arguments)
    try:
        tell(SCRIPTS[given.shell], sys.stdout, msgid("standard output"))
    except OutputError as problem:
        complain(str(problem))
        return problem.code
    return 0
