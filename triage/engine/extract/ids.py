"""Request ids and task ids as words of a text."""

from .pattern import Pattern

_ID = r"([\w][\w.:-]{6,90}[\w])"

PATTERNS = (
    Pattern("id.suffix", "request_id", rf"\(?\brequest[ _-]?id\b[\"'\\`*]{{0,4}}\s{{0,2}}(?:[:=：]|is)?\s{{0,2}}[\"'\\`*(]{{0,4}}{_ID}", 0.84, later=True),
    Pattern("id.zh", "request_id", rf"请求 ?(?:id|编号|号|标识)\s{{0,2}}[:=：]?\s{{0,2}}[\"'`]?{_ID}", 0.84),
    Pattern("id.trace", "request_id", rf"\b(?:trace[ _-]?id|traceid|logid|log_id|x-tt-logid|correlation[ _-]?id|ray id|x-ds-trace-id|reqid|call[ _]id)\b[\"'\\`*]{{0,4}}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`]{{0,2}}{_ID}", 0.7),
    Pattern("id.openai", "request_id", r"\b(req_[0-9A-Za-z]{6,60})\b", 0.78),
    Pattern("id.gateway", "request_id", r"\b(20\d{12}\d{1,9}[0-9A-Za-z]{8})\b", 0.6),
    Pattern("id.generation", "request_id", r"\b(gen-\d{10}-[0-9A-Za-z]{10,40})\b", 0.55),
    Pattern("task.named", "task_id", rf"\b(?:task[ _-]?id|job[ _-]?id|prediction(?: id)?|generation[ _-]?id|video[ _-]?id)\b[\"'\\`*]{{0,4}}\s{{0,2}}[:=：]\s{{0,2}}[\"'\\`*]{{0,4}}\s?{_ID}", 0.85),
    Pattern("task.zh", "task_id", rf"任务 ?(?:id|编号|号)\s{{0,2}}[:=：]?\**\s{{0,2}}[\"'`]?{_ID}", 0.85),
    Pattern("task.log", "task_id", r"\[(?:task|job) ([0-9a-f]{6,40})\]", 0.7, later=True),
    Pattern("task.shape", "task_id", r"\b((?:task_|cgt-20|video_)[0-9A-Za-z-]{12,60})\b", 0.7),
)  # fmt: skip
