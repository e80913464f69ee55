"""The sample school's people: invented names in an invented school."""

from members.sample import bodies
from members.sample.assessments import assess
from members.sample.careers import give_careers
from members.sample.corrections import ask
from members.sample.membership import move
from members.sample.offices import appoint
from members.sample.people import enrol
from members.sample.regulations import adopt
from members.sample.terms import elect
from unionoffice.sample import Sample


def fill(sample: Sample) -> None:
    enrol(sample)
    give_careers(sample)
    elect(sample)
    appoint(sample)
    ask(sample)
    move(sample)
    adopt(sample)
    assess(sample)
    bodies.fill(sample)
