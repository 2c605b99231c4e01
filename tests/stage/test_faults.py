import pytest

from app.core.errors import StageError
from app.stage.faults import Faults


def test_faults_are_read_as_written_on_the_command_line():
    faults = Faults.parse("slow=0.2, cut=5,down=3,closed")
    assert faults == Faults(slow=0.2, cut=5, down=3, closed=True)
    assert Faults.parse("") == Faults()


@pytest.mark.parametrize(
    "part", ["slow", "slow=x", "slow=-1", "slow=nan", "cut=0", "down=1.5", "closed=yes", "sloow=1"]
)
def test_what_is_not_understood_is_named(part):
    with pytest.raises(StageError) as caught:
        Faults.parse(f"cut=2,{part}")
    assert caught.value.code == "stage-faults-unreadable"
    assert caught.value.values["part"] == part
