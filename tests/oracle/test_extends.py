"""The oracle's reader of files resolves `extends` as the program does."""

from settings import merged

BASE = {
    "title": {"en": "Base", "zh": "基准"},
    "growth": {"nominal": {"value": 0.1, "unit": "share/year", "range": [0.05, 0.15], "source": "Yearbook"}},
    "funds": {"county": {"by_year": {"2016": 5, "2017": 6}, "relative_range": [0.9, 1.1], "carry_over": True}},
    "capacity": {"unit": "persons", "by_year": {"2016": 5}, "source": "Yearbook"},
    "cost": {"funding": {"a": 0.5, "b": 0.5}, "admin_share": 0.1},
}


def test_what_a_key_holds_is_replaced_whole():
    own = {
        "title": {"en": "Own", "zh": "子"},
        "growth": {"nominal": {"value": 0.2, "unit": "share/year", "source": "mine"}, "trend": 0.1},
        "funds": {"county": {"by_year": {"2017": 7}}, "gifts": {"unlimited": True}},
        "cost": {"funding": {"a": 1.0}},
    }
    result = merged(BASE, own)
    assert result["growth"] == own["growth"]
    assert result["funds"]["county"] == {"by_year": {"2017": 7}, "carry_over": True}
    assert result["funds"]["gifts"] == {"unlimited": True}
    assert result["cost"] == {"funding": {"a": 1.0}, "admin_share": 0.1}
    assert result["capacity"] == BASE["capacity"]


def test_merge_keeps_what_is_not_said_again():
    result = merged(
        BASE,
        {
            "growth": {"nominal": {"value": 0.12, "merge": True}},
            "funds": {"county": {"by_year": {"2018": 7}, "merge": True}},
            "capacity": {"by_year": {"2017": 1, "merge": True}},
            "cost": {"funding": {"a": 0.25, "c": 0.25, "merge": True}},
        },
    )
    assert result["growth"]["nominal"] == BASE["growth"]["nominal"] | {"value": 0.12}
    assert result["funds"]["county"] == BASE["funds"]["county"] | {"by_year": {"2016": 5, "2017": 6, "2018": 7}}
    assert result["capacity"] == {"unit": "persons", "by_year": {"2016": 5, "2017": 1}, "source": "Yearbook"}
    assert result["cost"]["funding"] == {"a": 0.25, "b": 0.5, "c": 0.25}


def test_a_flag_stands_in_place_of_the_years_and_the_reverse():
    assert merged(BASE, {"capacity": {"all": True}})["capacity"] == {"unit": "persons", "all": True}
    everyone = {"capacity": {"unit": "persons", "all": True}}
    assert merged(everyone, {"capacity": {"by_year": {"2016": 1}}})["capacity"] == {
        "unit": "persons",
        "by_year": {"2016": 1},
    }
