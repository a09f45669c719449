"""The rule language: one expression over columns, evaluated for many rows at once.

    if(village.poor_village, 2, 1) * members > min(line, measured_income) and not away

It is a part of Python's own expressions once `if(` is renamed, so Python's parser reads it. Flags and categories are
numbers here; the program's type check is not repeated.
"""

from __future__ import annotations

import ast
import re
from typing import Any, Protocol

import numpy as np
from functions import Functions

Array = np.ndarray

LABELS = {"none": 0.0, "partial": 1.0, "full": 2.0, "male": 0.0, "female": 1.0, "true": 1.0, "false": 0.0}
COMPARE = {ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal,
           ast.Eq: np.equal, ast.NotEq: np.not_equal}  # fmt: skip
ARITHMETIC = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}


class Scope(Protocol):
    """Where names lead: prefix "" is the unit itself, "household" and "village" what it belongs to."""

    def column(self, prefix: str, name: str, rows: Array) -> Array | float: ...


class Rule:
    def __init__(self, text: str, functions: Functions) -> None:
        self.tree = ast.parse(re.sub(r"\bif\s*\(", "if_(", text.strip()), mode="eval").body
        self.functions = functions

    def values(self, scope: Scope, rows: Array) -> Array:
        """The rule's value for each of the rows, as doubles (1 and 0 for true and false)."""
        return np.broadcast_to(np.asarray(self.value(self.tree, scope, rows), float), len(rows))

    def value(self, node: ast.expr, scope: Scope, rows: Array) -> Any:
        def of(part: ast.expr) -> Any:
            return self.value(part, scope, rows)

        match node:
            case ast.Constant(value=number):
                return float(number)
            case ast.Name(id=name):
                return LABELS[name] if name in LABELS else scope.column("", name, rows)
            case ast.Attribute(value=ast.Name(id=prefix), attr=name):
                return scope.column(prefix, name, rows)
            case ast.UnaryOp(op=ast.Not()):
                return np.equal(of(node.operand), 0)
            case ast.UnaryOp(op=ast.USub()):
                return np.negative(of(node.operand))
            case ast.BoolOp(op=ast.And()):
                return np.logical_and.reduce(np.broadcast_arrays(*[of(part) for part in node.values]))
            case ast.BoolOp(op=ast.Or()):
                return np.logical_or.reduce(np.broadcast_arrays(*[of(part) for part in node.values]))
            case ast.Compare(ops=[op], comparators=[other]):
                return COMPARE[type(op)](of(node.left), of(other))
            case ast.BinOp(op=op):
                return ARITHMETIC[type(op)](of(node.left), of(node.right))
            case ast.Call(func=ast.Name(id=name)):
                return self.call(name, [np.asarray(of(part), float) for part in node.args])
        raise NotImplementedError(ast.dump(node))

    def call(self, name: str, given: list[Array]) -> Array:
        match name:
            case "min":
                return np.minimum.reduce(np.broadcast_arrays(*given))
            case "max":
                return np.maximum.reduce(np.broadcast_arrays(*given))
            case "abs":
                return np.abs(given[0])
            case "log":  # of a millionth and less as of a millionth
                return self.functions.log(np.maximum(given[0], 1e-6))
            case "exp":
                return self.functions.exp(given[0])
            case "if_":
                return np.where(given[0] != 0, given[1], given[2])
        raise NotImplementedError(name)
