"""Chinese sentences that ask for a secret key; the same steps as in English."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from .sentence import blanked

_KEY = (
    r"(?:(?:API|APP|SK|Secret|Access|Bearer)?[\s_-]*(?:密钥|秘钥|密匙|令牌|口令|私钥)"
    r"|(?:API|APP|SK|Secret|Access|Bearer)[\s_-]*(?:Key|Token)s?\b|\b(?:key|token|apikey|sk)\b|密码|登录凭证|凭证|凭据"
    r"|sk-|\bsk\s*开头的?(?:那串|字符串|内容)?)"
)
_FOUR = r"(?:末|后|最后|尾部|结尾)\s*(?:的)?\s*(?:四|4)\s*(?:位|个字符|个字母|位字符|位数)?"
_ABOUT_IT = (
    r"(?:持有人|所有者|所属|归属|名称|名字|备注|编号|ID\b|分组|额度|限额|余额|状态|到期|有效期|过期时间|指纹|类型|长度|前缀|尾号|"
    r"权限|用量|个数|数量|是否|有没有|本身请|创建|最后|最近|启用|停用|有效|无效|失效|正常|即可|对应)"
)
_HARMLESS = re2.compile(
    r"(?i)"
    rf"{_KEY}\s*(?:的|[（(，,]\s*)?\s*(?:请?(?:只|仅|只需|仅需|只要|仅)?(?:需|要)?(?:保留|留|提供|写|给|发|告知)?)?\s*{_FOUR}"
    rf"|{_FOUR}\s*(?:的)?\s*{_KEY}"
    rf"|{_KEY}\s*的?\s*{_ABOUT_IT}|{_KEY}(?:列表|页面|管理|设置|配置)"
    rf"|{_KEY}\s*(?:请|要|先|务必|部分|内容|信息|已|已经|须|需|需要|可以|都|全部|、|，|,)*"
    r"(?:打码|脱敏|遮盖|遮挡|隐去|隐藏|去掉|去除|删除|删掉|抹掉|替换|涂掉|马赛克)"
    rf"|{_KEY}\s*(?:请)?(?:用|以)\s*[^\s，。]{{1,8}}\s*(?:代替|替代|替换)"
    rf"|(?:去掉|去除|隐去|隐藏|遮盖|遮挡|删除|删掉|抹掉|不含|不包含|不带|不要带|除|除了|遮住|打码|脱敏|涂掉|替换)(?:您|你|其中|里面|掉|完整)*(?:的)?\s*{_KEY}"
    rf"|(?:哪个|哪一个|哪把|哪些|什么|同一|另一个|其他|新的|有效的|一个)\s*{_KEY}"
    r"|max_tokens|token\s*(?:数|用量|消耗|上限|个数|长度)"
    r"|不要紧|不要着急|不要担心|别担心|别着急|不用担心|不用着急|不必担心|能不能|可不可以|会不会|要不要|需不需要|方不方便|特别|分别|区别|类别|级别|识别|个别"
)

_ASK = (
    r"(?:提供|给出|发送|发给|发到|发来|发我|发过来|发一下|发下|发一份|告诉|告知|附上|附带|附加|提交|上传|分享|共享|私信|出示|披露|透露|"
    r"回复|补充|截图|贴出|贴到|贴一下|贴上|贴下|粘贴到|粘贴一下|粘贴在|粘贴过来|复制到|复制给|复制过来|复制出来|"
    r"填到|填在|写到|写在|写上|留下|留一下|说一下|说下|报一下|报下|传一下|传下|传给|传过来|给一下|给下|给个|"
    r"给我们|给我|给客服|看一下|看下|拿到)"
)
_NEED = (
    r"(?:我们|我|这边|我方|技术|工程师|排查|核实|定位)(?:这边|还|也|现在|先|就|可能|问题|时|都)*"
    r"(?:需要|要|想要|得要|得有|需)(?:用到|看到|知道|拿到|看一下|看看|有|用)?"
    r"|需要(?:您|你|用户|客户)(?:这边|来|再)?(?:的|提供|给)?|麻烦(?:您|你)?(?:给|发)|缺(?:少)?|还差"
)
_WEAK = r"(?:填写|输入|写下|粘贴|复制)"
_HEAD = re2.compile(rf"(?P<ask>{_ASK})|(?P<need>{_NEED})|(?P<weak>{_WEAK})")
_ALWAYS_TO_US = frozenset({"上传", "截图", "私信"})
_REACH = re2.compile(
    rf"(?i)^(?P<between>(?:我们|我|给|一下|下|到|在|来|您|你|贵方|出|上|这里|[^。！？；\n]){{0,30}}?)(?P<key>{_KEY})"
)
_TURNS_AWAY = re2.compile(
    r"检查|确认|更换|重新|使用[^的]|使用$|如何|怎么|查看|是否|如果|若|对比|核对|试|换|不|勿|别|无|去掉|除|删|隐|遮|打码|新建|创建|重置|以及时|确保|轮换|修改|"
    r"改用|新增|启用|·|登录|保管|放在|放到|设置|填入|请求头|保留|文章|教程|关于"
)
_TO_US = re2.compile(
    r"给我们|给我|给客服|给工程师|给技术|给支持|我们|发我|发来|过来|这里|此处|工单|回复|邮件|邮箱|对话|聊天|群里|私信|评论|下方|下面|一下|看看|发下|微信|钉钉|QQ"
)
_ELSEWHERE = re2.compile(
    r"(?i)请求头|Authorization|x-api-key|客户端|设置|配置|环境变量|软件|程序|控制台|代码|curl|参数|网关|供应商|后台|插件|面板|\.env|SDK|服务器|"
    r"请求时|发送请求|Base\s*URL|文档|命令行|终端|文件|输入框|同事|他人|别人|第三方|调用"
)
_WITH_KEY_FIRST = re2.compile(
    rf"(?i){_KEY}(?P<between>[^。！？；，,\n]{{0,12}}?)"
    r"(?:(?:发|贴|传|给|报|提供|告诉|告知|交|拿|分享|复制|粘贴|截图|说|写|填|附|放)"
    r"(?:送)?(?:给|到|在|于)?(?:我们|我|客服|技术|工程师|支持|过来|这里|此处|下面|下方|一下|下吧|下$|来|出来|工单|邮件|邮箱|微信|钉钉|QQ|回复|对话|群里|私信|上来|评论))"
)
_QUESTION = re2.compile(
    rf"(?i)(?:您|你)(?:们)?(?:正在|现在|当前)?(?:使用|用)?的?(?:完整|当前|正在使用|使用|这个|那个|的|\s)*{_KEY}\s*(?:具体)?(?:是|为)"
    r"(?:多少|啥|什么(?:呢|呀|啊)?\s*(?:[？?。，,]|$))"
    rf"|{_KEY}\s*(?:是|为)\s*多少|需要(?:您|你|完整|的)*{_KEY}(?:才能?|以便|来)(?:排查|定位|核实|复现|测试|查|处理)"
)
# A picture of the key is the key; so is one that is read out, or left unmasked on purpose.
_PICTURED = re2.compile(
    rf"(?i){_KEY}(?:页面|界面)?的?(?:完整)?(?:截图|截屏|照片|图片|录屏|图)|(?:截图|截屏|照片|图片|录屏)[^。！？；，,\n]{{0,6}}?(?:显示|包含|含有|带有|露出)(?:完整)?的?{_KEY}"
    rf"|{_KEY}[^。！？；，,\n]{{0,4}}?(?:发|拍|传)(?:一?个|一?张|一下)(?:照片|截图|图|照)"
    rf"|(?:拍|截|录)(?:一?下|一?张|一?个|照|图|屏|取|发送?|显示|您|你|的|完整){{0,5}}{_KEY}"
)
_WANTS_PICTURE = re2.compile(r"请|麻烦|发|传|给|附|截|拍|录|提供|需要")
_NO_PICTURE = re2.compile(r"不|勿|别|无|打码|遮|隐|去掉|已|您发来|你发来|避免|没")
_INDIRECT = re2.compile(
    rf"(?i)(?:把|将)(?:您|你)?的?(?:完整)?的?{_KEY}(?:念|读|报|打|敲|写)(?:一下|一遍|给|出来|过来|下来)"
    rf"|导出[^。！？；，,\n]{{0,4}}{_KEY}[^。！？；，,\n]{{0,4}}(?:上传|发)"
    rf"|(?:我们?|这边|技术|工程师)[^。！？；，,\n]{{0,6}}?(?:用|拿)(?:一下)?(?:您|你)的(?:完整)?{_KEY}[^。！？；，,\n]{{0,4}}?"
    r"(?:测试?|试|登录|复现|调试)(?:一下|看看|[，,]|$)"
    rf"|(?:有|要有|拿到|看到)(?:您的|完整的?)?{_KEY}(?:的话)?[^。！？；，,\n]{{0,12}}[，,]\s*(?:请|麻烦)?(?:您|你)?(?:发|传|给)(?:过来|来|我们?)?(?:一下|吧)?\s*$"
)
_UNMASKED = re2.compile(
    rf"(?i)(?:不要|请勿|勿|别|不用|不必|无需)(?:再)?(?:把|将|给|对)?(?:(?:遮住|遮盖|遮挡|隐去|抹掉|打码|脱敏)[^。！？；，,\n]{{0,4}}{_KEY}"
    rf"|{_KEY}(?:遮住|遮盖|遮挡|隐去|抹掉|打码|脱敏))|{_KEY}(?:请)?(?:不要|不用|不必|无需|别)(?:遮|打码|脱敏|隐去)"
)
_REFUSAL = (
    r"(?:请勿|切勿|勿|千万别|不要|不能|别|不需要|不需|无需|无须|不用|不必|不会|不得|不应|不可|从不|绝不|永不|避免|禁止|没必要|没有必要|以免|"
    r"而不是|严禁|防止|拒绝)"
)
_REFUSED = re2.compile(
    rf"(?i){_REFUSAL}(?:在|向|把|将|给|对|任何|人|工单|邮件|中|里|内|上|对话|聊天|公开|场合|群|通过|直接|主动|随意|要求|让|请|您|你|我们|客服|客户|用户|"
    r"再|以|形式|方式|完整|的|或|和|与|及|、|/|此处|这里|此|回复|截图|平台|论坛|评论|明文|需要|因此|"
    rf"{_ASK}|发送|粘贴|询问|{_KEY}|\s)*$"
    r"|[不无]$"
)
_INSIDE = re2.compile(rf"{_REFUSAL}|后|然后|再|并|是否|则")
_LEAD = re2.compile(rf"(?:{_ASK}|{_NEED}|需要)[^：:]*[：:]\s*$")
_ITEM = re2.compile(
    rf"(?i)^\s*(?:还有|以及|和)?(?:您|你)?(?:正在|当前|所)?(?:使用|用|完整)?(?:的)?(?:完整|当前)?(?:的)?\s*{_KEY}\s*(?:[，,。；;（(、]|$)"
)


def key_requests(sentence: str) -> Iterator[Span]:
    """The words that ask for a key, in one sentence."""
    text = blanked(_HARMLESS, sentence)
    for question in (*_UNMASKED.finditer(sentence), *_INDIRECT.finditer(text), *_QUESTION.finditer(text)):
        yield Span(question.start(), question.end())
    if _WANTS_PICTURE.search(text) and not _NO_PICTURE.search(sentence):
        for found in _PICTURED.finditer(text):
            yield Span(found.start(), found.end())
    for found in _WITH_KEY_FIRST.finditer(text):
        if not _INSIDE.search(found.group("between")) and not _REFUSED.search(text[: found.start()]):
            yield Span(found.start(), found.end())
    for head in _HEAD.finditer(text):
        end = _asked_until(text, head)
        if end and not _REFUSED.search(text[: head.start()]):
            yield Span(head.start(), end)


def leads_to_a_list(sentence: str) -> bool:
    found = _LEAD.search(sentence)
    return found is not None and not _REFUSED.search(sentence[: found.start()])


def listed_key(item: str) -> Span | None:
    """The key, where a list item is one: `2. 您的密钥`."""
    found = _ITEM.search(blanked(_HARMLESS, item))
    return Span(found.start(), found.end()) if found else None


def _asked_until(text: str, head: "re2._Match[str]") -> int | None:
    """Where the key ends that this verb asks for, or None when it asks for none."""
    rest = text[head.end() :]
    found = _REACH.search(rest)
    if found is None or rest.startswith(("的", "了", "过")) or _TURNS_AWAY.search(found.group("between")):
        return None
    end = int(head.end() + found.end())
    if head.group("need") or head.group() in _ALWAYS_TO_US:
        return end
    near = text[max(0, head.start() - 12) : end + 20]
    to_us = _TO_US.search(near if head.group("weak") else text[head.start() : end + 20])
    elsewhere = _ELSEWHERE.search(near)
    wanted = to_us and not elsewhere if head.group("weak") else to_us or not elsewhere
    return end if wanted else None
