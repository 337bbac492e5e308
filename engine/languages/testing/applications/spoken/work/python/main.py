"""One module as a unit of its own."""

from cleave_kit import serve
from logic import hello

serve(hello)
