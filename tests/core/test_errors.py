"""Errors carry a code and values, also across processes."""

import pickle

from app.core.errors import Cancelled, ExportError, NotSent, TransportError, WorkbenchError


def test_an_error_survives_the_way_from_a_worker_process():
    error = pickle.loads(pickle.dumps(ExportError("file-missing", name="a.csv", line=3)))
    assert type(error) is ExportError
    assert (error.code, error.values) == ("file-missing", {"name": "a.csv", "line": "3"})


def test_cancelled_survives_too_and_the_tree_is_one():
    assert pickle.loads(pickle.dumps(Cancelled())).code == "cancelled"
    assert issubclass(NotSent, TransportError)
    assert issubclass(TransportError, WorkbenchError)
