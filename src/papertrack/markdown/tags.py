"""Tags in a cell."""

import re

from papertrack.markdown.inline import spans

_TAG_ENDS = re.compile(r"\s*[,，、;；\n]\s*|\s+[·•]\s+")
_HASHTAG = re.compile(r"#[^\s#,]+")


def split_tags(cell: str) -> list[str]:
    """Return the tags in a cell: hashtags, code, or words between commas and the like."""
    runs = spans(cell)
    code = [run.text.strip() for run in runs if run.code]
    between = "".join(run.text for run in runs if not run.code and not run.image)
    text = "".join(run.text for run in runs if not run.image)
    if code and not re.search(r"\w", between):
        return [tag for tag in code if tag]
    if not _HASHTAG.sub("", text).strip(" ,"):
        return [tag.removeprefix("#") for tag in _HASHTAG.findall(text)]
    return [tag for tag in (part.strip() for part in _TAG_ENDS.split(text)) if tag]
