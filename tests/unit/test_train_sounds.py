import pytest

from index.train.sounds import fuzzy


@pytest.mark.parametrize(
    ("reading", "sound"),
    [
        ("zhāng", "zan"),
        ("zān", "zan"),
        ("chéng", "cen"),
        ("shēn", "sen"),
        ("sēng", "sen"),
        ("bù", "bu"),
        ("ér", "er"),
    ],
)
def test_tones_and_confusable_sounds_are_dropped(reading: str, sound: str) -> None:
    assert fuzzy(reading) == sound


@pytest.mark.parametrize("reading", ["lǜ", "lü", "lu\u0308\u0300", "lv"])
def test_u_umlaut_is_v_however_it_is_written(reading: str) -> None:
    assert fuzzy(reading) == "lv"


def test_u_without_umlaut_stays() -> None:
    assert fuzzy("lù") == "lu"


def test_only_the_first_h_after_z_c_s_is_dropped() -> None:
    assert fuzzy("hé") == "he"
    assert fuzzy("nǐ") == "ni"
