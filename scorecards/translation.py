"""Which columns exist in Khmer and in English."""

from modeltranslation.translator import TranslationOptions, register

from scorecards.models import ActionItem, Criterion, CriterionTag, Scale, ScalePoint


@register([Scale, CriterionTag])
class NamedOptions(TranslationOptions):
    fields = ("name",)


@register(ScalePoint)
class ScalePointOptions(TranslationOptions):
    fields = ("label",)


@register(Criterion)
class CriterionOptions(TranslationOptions):
    fields = ("text", "hint")


@register(ActionItem)
class ActionItemOptions(TranslationOptions):
    fields = ("activity", "proposer", "target", "location", "unit", "lead", "partners")
