from corpus.aliases import load_aliases, load_background
from eval.questions import DEVELOPMENT, OWN, load_questions
from index.text import fold


def test_no_labelled_question_stands_among_the_noted_or_background_questions() -> None:
    # A question that the index holds would be found by itself and measure nothing.
    noted = {
        fold(question)
        for aliases in load_aliases().values()
        for question in (*aliases.answered, *aliases.near_misses)
    } | {fold(question) for question in load_background()}
    labelled = [*load_questions(DEVELOPMENT), *load_questions(OWN)]
    assert [q.qid for q in labelled if fold(q.question) in noted] == []


def test_labelled_questions_have_unique_ids() -> None:
    ids = [q.qid for path in (DEVELOPMENT, OWN) for q in load_questions(path)]
    assert len(ids) == len(set(ids)) == 530
