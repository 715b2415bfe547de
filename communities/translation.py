"""Which columns exist in Khmer and in English. Code reads `name`; forms, constraints and bulk writes `name_km`."""

from modeltranslation.translator import TranslationOptions, register

from communities.models import Area, Cbo, KeyWord, Organisation, Programme, ServiceProvider, ServiceType


@register([Area, Organisation, Cbo, Programme, ServiceProvider])
class NamedOptions(TranslationOptions):
    fields = ("name",)


@register(ServiceType)
class ServiceTypeOptions(TranslationOptions):
    fields = ("name", "sector")


@register(KeyWord)
class KeyWordOptions(TranslationOptions):
    fields = ("text",)
