"""The English words with which a time is named, and those with which one is promised for a task.

Several patterns instead of one: beyond a size re2 falls back to a slower way of matching.
"""

import re2

NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?:\s*(?:-|–|to|or)\s*\d+)?|an?|one|two|three|four|five|six|ten|fifteen|twenty"
    r"|thirty|forty|sixty|ninety|half\s+an?|(?:a|three)\s+quarters?\s+of\s+an?"
    r"|a\s+(?:few|couple\s+of)|several|some|the\s+next(?:\s+\w+)?|another\s+\w+|under\s+an?)"
)
UNIT = r"(?:s|sec(?:ond)?s?|min(?:ute)?s?|h|hrs?|hours?|days?|moments?|weeks?)\b"
ABOUT = (
    r"(?:about|around|roughly|approximately|approx\.?|at\s+most|less\s+than|under|no\s+more\s+than"
    r"|up\s+to|maybe"
    r"|only|just|~|≈|maximum)?\s*"
)
SOON = (
    r"(?:soon|shortly|any\s+(?:minute|moment)|momentarily|right\s+away|immediately|in\s+no\s+time|before\s+long"
    r"|in\s+a\s+(?:bit|jiffy|flash|while))"
)
WHEN = (
    rf"(?:(?:in|within|inside(?:\s+of)?|after|for)\s+{ABOUT}{NUMBER}\s*{UNIT}"
    rf"|{NUMBER}\s*{UNIT}\s+from\s+now|within\s+the\s+(?:hour|day|week)"
    rf"|wait\s+{ABOUT}{NUMBER}\s*{UNIT}"
    r"|(?:by|before|at|until|around|no\s+later\s+than)\s+(?:about\s+)?(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm"
    r"|utc|o['’]clock|h\b)?"
    r"|noon|midnight|tonight|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the\s+end\s+of"
    r"|this|next|end\s+of|eod|close\s+of\s+business|the\s+weekend)"
    rf"|overnight|tomorrow|tonight|today|later\s+today|this\s+(?:morning|afternoon|evening)|{SOON})"
)
DONE = (
    r"(?:done|ready|finished|finish(?:es)?|arrives?|completes?|completed|available|delivered|processed"
    r"|generated|rendered"
    r"|through|out|start|started"
    r"|come\s+through|succeed|your\s+turn)"
)
RESULT = r"(?:video|image|picture|audio|song|result|output|task|job|file|clip|it|them)"
WORK = r"(?:videos?|images?|pictures?|songs?|results?|outputs?|tasks?|jobs?|clips?|renders?|generations?)"
THERE = r"(?:ready|done|finished|completed?|there|here|yours|available|with\s+you)"
WILL_BE = (
    r"(?:will|should|shall|be|been|is|are|have|has|to|going|expected|now|soon|probably|likely|then|normally"
    r"|usually)"
)

PROMISES = (
    re2.compile(
        rf"(?i)\b(?:will|shall|should|['’]ll|going\s+to|bound\s+to|expected\s+to|likely\s+to"
        rf"|can)\s+(?:\w+\s+){{0,3}}?{DONE}\b"
        rf"(?:\s+[\w,]+){{0,4}}?\s+{WHEN}"
        rf"|\b{WHEN},?\s+(?:(?:and|then|at\s+the\s+latest),?\s+)?(?:\w+\s+){{1,4}}?(?:will|should"
        rf"|['’]ll)\s+(?:\w+\s+){{0,2}}?(?:{DONE}|have|get|receive|see)\b"
        rf"|\b(?:{DONE})\s+{WHEN}"
        rf"|\b(?:it|this|that|tasks?|jobs?|queue|videos?|images?|generation|processing|usually|normally"
        rf"|typically|only|which)\s+"
        rf"(?:(?:will|should|would|can|may|might|usually|normally|typically|only|generally"
        rf"|often)\s+)*takes?\s+(?:you\s+)?{ABOUT}{NUMBER}\s*(?:more\s+)?{UNIT}"
        rf"|\b(?:you|we)(?:['’]ll|\s+(?:will|should|can))\s+(?:\w+\s+)?(?:have|get|receive|see"
        rf"|expect)\s+(?:your|the|a|an)?\s*(?:\w+\s+)?{RESULT}"
        rf"(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\byour\s+turn\b(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\bexpect\s+(?:\w+\s+){{1,4}}?{WHEN}"
        r"|\b(?:eta|estimated\s+(?:time|completion|wait|finish)|expected\s+(?:completion|finish"
        r"|wait(?:ing)?\s+time)|completion\s+time|remaining\s+time"
        rf"|wait(?:ing)?\s+time|queue\s+time)\s*(?:\w+\s+){{0,4}}?(?:is|:|of|will\s+be"
        rf"|=)\s*{ABOUT}(?:{NUMBER}\s*{UNIT}|\d{{1,2}}[:.]\d{{2}}|tomorrow|tonight)"
        rf"|\b{NUMBER}\s*{UNIT}\s+(?:left|remaining|to\s+go|more\s+to\s+wait)\b"
        rf"|\bgive\s+it\s+{ABOUT}(?:another\s+)?{NUMBER}\s*(?:more\s+)?{UNIT}\s+and\b"
    ),
    # The turn, the queue and the task itself.
    re2.compile(
        rf"(?i)\b(?:should|will|ought\s+to|['’]ll)\s+(?:\w+\s+){{0,2}}?(?:{THERE}|empty|served)\b(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\b(?:queue|backlog|line)\s+(?:{WILL_BE}\s+)*(?:clears?|cleared|empty|empties|gone|drains?|drained|caught\s+up)\b"
        rf"(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\b(?:clears?|empties|drains?|works?\s+off)\s+the\s+(?:queue|backlog)(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\b{WHEN},?\s+(?:and\s+|then\s+)*(?:the\s+)?(?:queue|backlog)\s+(?:{WILL_BE}\s+)*(?:clears?|cleared|empty|gone)\b"
    ),
    re2.compile(
        rf"(?i)\b(?:{WHEN}|{NUMBER}\s*{UNIT}),?\s+(?:and\s+|then\s+)*"
        rf"(?:(?:(?:your|the|this)\s+(?:\w+\s+)?{RESULT}|it|everything)\s+(?:is|are|will\s+be|comes\s+out)"
        rf"|you\s+are|(?:it|you)['’](?:s|re|ll\s+be))\s+(?:{THERE}|through)\b"
        rf"|\byou\s+(?:get|receive|have)\s+(?:your|the|a|an)?\s*(?:\w+\s+)?{RESULT}(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\b{WORK}\s+gets?\s+(?:\w+\s+)?{DONE}(?:\s+\w+){{0,3}}?\s+{WHEN}"
    ),
    re2.compile(
        rf"(?i)\b(?:guarantee|promise|assure)\w*\s+(?:you\s+)?(?:\w+\s+){{0,2}}?{WORK}\b(?:\s+\w+){{0,3}}?\s+{WHEN}"
        rf"|\b(?:completion\s+(?:is\s+)?(?:expected|planned|due|estimated)|(?:expect|promise)\s+completion"
        rf"|{WORK}\s+(?:is|are|will\s+be)\s+(?:\w+\s+)?(?:due|expected))\s+{WHEN}"
    ),
    # A span alone: how long it is from now.
    re2.compile(
        rf"(?i)\beta\b[\s:=≈-]*(?:\w+:?\s+){{0,5}}?{ABOUT}(?:{NUMBER}\s*{UNIT}|\d+\s*m\b|\d{{1,2}}[:.]\d{{2}}|tomorrow"
        rf"|tonight|today|noon|{SOON})"
        rf"|\b(?:your\s+turn|you\s+are\s+next|you['’]re\s+next),?\s+{ABOUT}{NUMBER}\s*{UNIT}"
        rf"|\b{NUMBER}\s*{UNIT}\s+and\s+you(?:['’]ll)?\s+(?:will\s+)?(?:have|get|see)\b"
        rf"|\b{WORK}\s+(?:\w+\s+){{0,3}}?{ABOUT}{NUMBER}\s*{UNIT}\s+away\b|\b{NUMBER}\s*{UNIT}\s+away\s+from\b"
        rf"|\b(?:we|you)(?:['’]re|\s+are)\s+(?:looking\s+at|talking(?:\s+about)?)\s+{ABOUT}{NUMBER}\s*{UNIT}"
        rf"|\b(?:wait|queue|delay)\s+(?:is|will\s+be)\s+(?:now\s+|currently\s+)?{ABOUT}{NUMBER}\s*{UNIT}"
    ),
    re2.compile(
        rf"(?i)^\s*(?:just|only)\s+{ABOUT}{NUMBER}\s+more\s+{UNIT}\s*$"
        rf"|(?:^|[,–—-])\s*(?:it(?:['’]s|\s+is)\s+)?{ABOUT}{NUMBER}\s*{UNIT},?\s+(?:tops|max(?:imum)?|at\s+(?:the\s+)?most)\s*$"
        r"|\bmatter\s+of\s+(?:a\s+few\s+|some\s+)?(?:seconds|minutes|hours|moments)\b"
        rf"|^\s*(?:your|the)\s+{WORK}\s+(?:in|within)\s+(?:the\s+(?:hour|day)|{ABOUT}{NUMBER}\s*{UNIT})\s*$"
        rf"|\b(?:estimate|guess)(?:\s+is|:)\s+{ABOUT}{NUMBER}\s*{UNIT}"
        rf"|\bi(?:['’]d|\s+would)?\s+(?:say|guess|reckon)\s+{ABOUT}{NUMBER}\s*{UNIT}"
        rf"|\byou\s+can\s+(?:download|fetch|watch|collect)\s+(?:it|them|(?:your|the)\s+{RESULT})\s+(?:tonight|tomorrow|later\s+today"
        rf"|(?:in|within)\s+{ABOUT}{NUMBER}\s*{UNIT})"
        rf"|\b(?:processing|generation|rendering)\s+time\s*(?:\w+\s+){{0,4}}?(?:is|:|of|will\s+be|=)\s*{ABOUT}{NUMBER}\s*{UNIT}"
    ),
)
