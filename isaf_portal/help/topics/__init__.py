"""All topics of the help, chapter by chapter in the order in which they are shown."""

from isaf_portal.help.topic import Topic
from isaf_portal.help.topics import (
    checking,
    council,
    getting_in,
    people,
    planning,
    public,
    scores,
    settings,
    together,
)

CHAPTERS = (
    getting_in.CHAPTER,
    people.CHAPTER,
    planning.CHAPTER,
    scores.CHAPTER,
    checking.CHAPTER,
    together.CHAPTER,
    council.CHAPTER,
    public.CHAPTER,
    settings.CHAPTER,
)
TOPICS: tuple[Topic, ...] = tuple(topic for chapter in CHAPTERS for topic in chapter.topics)
BY_KEY = {topic.key: topic for topic in TOPICS}
