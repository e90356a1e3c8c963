"""`huiwen eval`: measures retrieval, silence and answers, or runs a BEIR benchmark."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import UsageError

_DEFAULT_OUT = Path("out/eval")
_KEPT = Path("-")  # --feedback without a file


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: Words behind `huiwen eval`; by default the process'.

    Returns:
        Exit status.

    Raises:
        UsageError: An option or a file is unusable.
        MissingFileError: A file does not exist.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(words)
    command = shlex.join(["huiwen", "eval", *words])
    if options.beir and (options.questions or options.no_aliases or options.shipped):
        raise UsageError("--beir goes with --split, --top-k and --out only")
    judging = options.questions or options.no_aliases or options.shipped or options.beir
    if options.feedback is not None and judging:
        raise UsageError("--feedback goes with --out only")
    if options.top_k < 1:
        raise UsageError(f"--top-k is {options.top_k}; it must be at least 1")
    if options.out.exists() and not options.out.is_dir():
        raise UsageError(f"--out {options.out}: it is no folder")
    if options.feedback is not None:
        return _feedback(options)
    try:
        import ir_measures  # noqa: F401 - the optional packages are checked before minutes pass
        import matplotlib as mpl  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"{error}; install the packages with `pip install 'huiwen[eval]'`"
        ) from error
    text = _benchmark(options, command) if options.beir else _policy(options, command)
    print(text, end="")
    print(f"\n{options.out / 'report.md'}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiwen eval", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=_DEFAULT_OUT, metavar="DIR", help="report folder"
    )
    policy = parser.add_argument_group("labelled questions about the documents (default)")
    policy.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        help="other labelled questions; judged with the weights as shipped",
    )
    policy.add_argument("--no-aliases", action="store_true", help="do not use noted questions")
    policy.add_argument(
        "--shipped",
        action="store_true",
        help="judge with the weights as shipped instead of cross-validation; quick",
    )
    feedback = parser.add_argument_group("feedback")
    feedback.add_argument(
        "--feedback",
        type=Path,
        nargs="?",
        const=_KEPT,
        metavar="FILE",
        help="make stubs of labelled questions from what users said of answers "
        "(default: what `huiwen serve` keeps); measures nothing",
    )
    beir = parser.add_argument_group("benchmark")
    beir.add_argument("--beir", type=Path, metavar="DIR", help="a folder in BEIR's form")
    beir.add_argument("--split", default="test", help="labels of a BEIR folder (default test)")
    beir.add_argument(
        "--top-k", type=int, default=100, metavar="N", help="depth of a BEIR run (default 100)"
    )
    return parser


def _feedback(options: argparse.Namespace) -> int:
    from eval.feedback import default_file, write_stubs

    named = None if options.feedback == _KEPT else options.feedback
    written = write_stubs(options.out, named)
    if written is None:
        print(f"{named or default_file()}: no feedback yet; nothing was written", file=sys.stderr)
        return 0
    print(
        f"{written.path}: {written.added} questions added, {written.review} of them to be "
        f"labelled; {written.known} were there already"
    )
    if written.unreadable:
        print(f"{written.unreadable} lines of the feedback cannot be read", file=sys.stderr)
    return 0


def _policy(options: argparse.Namespace, command: str) -> str:
    # numpy, scipy, scikit-learn and matplotlib take seconds: not for --help or a wrong option.
    from corpus.aliases import SHIPPED_ALIASES, SHIPPED_BACKGROUND
    from eval.policy import Options, evaluate
    from eval.provenance import provenance
    from eval.questions import DEVELOPMENT, FRESH, OWN
    from eval.report import write_report
    from qa.ranker import SHIPPED_WEIGHTS

    own = [options.questions] if options.questions else [DEVELOPMENT, OWN, FRESH]
    files = [*own, SHIPPED_ALIASES, SHIPPED_BACKGROUND, SHIPPED_WEIGHTS]
    made = provenance(command, files)
    evaluation = evaluate(Options(options.questions, not options.no_aliases, options.shipped))
    made["model"] = evaluation.model
    return write_report(
        options.out, evaluation.sets, evaluation.judged, made, evaluation.structured
    )


def _benchmark(options: argparse.Namespace, command: str) -> str:
    from eval.beir import read_benchmark
    from eval.benchmark import run_benchmark
    from eval.provenance import provenance
    from index.encoders import load_encoder

    benchmark = read_benchmark(options.beir, options.split)
    encoder = load_encoder()
    made = provenance(command, benchmark.files) | {"model": encoder.fingerprint}
    return run_benchmark(benchmark, encoder, options.out, options.top_k, made)
