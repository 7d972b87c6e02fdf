"""What people call time zones: cities, countries and abbreviations, in English and Chinese.

The names of the zones themselves come from the time zone database; these are the ones it does not know, or knows as
something else: its own EST is a zone without summer time. An abbreviation that means several zones names them all.
"""

from collections.abc import Mapping

NEW_YORK, CHICAGO, DENVER, LOS_ANGELES = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
SHANGHAI, HONG_KONG, TAIPEI, SINGAPORE = "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore"
TOKYO, SEOUL, LONDON, PARIS, BERLIN = "Asia/Tokyo", "Asia/Seoul", "Europe/London", "Europe/Paris", "Europe/Berlin"
KOLKATA, JERUSALEM, SYDNEY, MOSCOW = "Asia/Kolkata", "Asia/Jerusalem", "Australia/Sydney", "Europe/Moscow"

STARTERS = (
    "UTC",
    NEW_YORK,
    LOS_ANGELES,
    SHANGHAI,
    HONG_KONG,
    TAIPEI,
    TOKYO,
    SEOUL,
    SINGAPORE,
    KOLKATA,
    SYDNEY,
    LONDON,
    "Europe/Brussels",
    BERLIN,
    CHICAGO,
    DENVER,
)
"""Zones to begin with where nothing was typed."""

_TYPED: Mapping[str, tuple[str, ...]] = {
    "UTC": ("utc", "gmt", "z", "zulu", "universal", "greenwich", "ut", "世界时"),
    NEW_YORK: (
        *("et", "est", "edt", "eastern", "us eastern", "eastern time", "nyc", "ny", "washington", "washington dc"),
        *("washington d.c.", "dc", "d.c.", "boston", "philadelphia", "atlanta", "miami", "纽约", "紐約", "华盛顿"),
        *("華盛頓", "美东", "美東", "波士顿", "波士頓"),
    ),
    CHICAGO: ("ct", "cdt", "central", "us central", "houston", "dallas", "austin", "芝加哥", "休斯敦", "休斯顿"),
    DENVER: ("mt", "mdt", "mountain", "us mountain", "丹佛"),
    LOS_ANGELES: (
        *("pt", "pst", "pdt", "pacific", "us pacific", "la", "l.a.", "sf", "san francisco", "silicon valley"),
        *("seattle", "san diego", "portland", "洛杉矶", "洛杉磯", "旧金山", "舊金山", "西雅图", "西雅圖", "美西"),
    ),
    "America/Phoenix": ("arizona", "mst"),
    "America/Anchorage": ("alaska", "akst", "akdt"),
    "Pacific/Honolulu": ("hawaii", "hst", "檀香山", "夏威夷"),
    "America/Toronto": ("ottawa", "多伦多", "渥太华"),
    "America/Vancouver": ("温哥华", "溫哥華"),
    "America/Mexico_City": ("mexico", "墨西哥城"),
    "America/Sao_Paulo": ("brasilia", "rio", "rio de janeiro", "brt", "圣保罗", "巴西利亚"),
    "America/Argentina/Buenos_Aires": ("argentina", "布宜诺斯艾利斯"),
    "America/Havana": ("cuba",),
    SHANGHAI: (
        *("beijing", "peking", "china", "china standard time", "prc", "shenzhen", "guangzhou", "canton", "nanjing"),
        *("tianjin", "chengdu", "wuhan", "xian", "xi'an", "hangzhou", "北京", "上海", "中国", "中國", "北京时间"),
        *("北京時間", "深圳", "广州", "廣州", "南京", "天津", "成都", "重庆", "重慶", "武汉", "武漢", "西安", "杭州"),
    ),
    HONG_KONG: ("hk", "hkt", "hongkong", "香港"),
    "Asia/Macau": ("macao", "澳门", "澳門"),
    TAIPEI: ("taiwan", "roc", "台北", "臺北", "台湾", "台灣", "臺灣"),
    SINGAPORE: ("sg", "sgt", "新加坡"),
    TOKYO: ("japan", "jst", "osaka", "kyoto", "东京", "東京", "日本", "大阪"),
    SEOUL: ("korea", "south korea", "kst", "rok", "首尔", "首爾", "汉城", "韩国", "韓國"),
    "Asia/Pyongyang": ("north korea", "dprk", "平壤"),
    "Asia/Ulaanbaatar": ("mongolia", "乌兰巴托"),
    "Asia/Manila": ("philippines", "pht", "马尼拉", "馬尼拉"),
    "Asia/Ho_Chi_Minh": ("hanoi", "vietnam", "saigon", "河内", "河內", "胡志明市"),
    "Asia/Bangkok": ("thailand", "ict", "曼谷"),
    "Asia/Jakarta": ("indonesia", "wib", "雅加达", "雅加達"),
    "Asia/Kuala_Lumpur": ("malaysia", "myt", "吉隆坡"),
    "Asia/Yangon": ("myanmar", "burma", "naypyidaw", "仰光"),
    "Asia/Phnom_Penh": ("cambodia", "金边"),
    KOLKATA: ("india", "delhi", "new delhi", "mumbai", "bombay", "bangalore", "新德里", "孟买", "印度"),
    "Asia/Karachi": ("pakistan", "islamabad", "pkt", "伊斯兰堡", "卡拉奇"),
    "Asia/Kathmandu": ("nepal", "加德满都"),
    "Asia/Dhaka": ("bangladesh", "达卡"),
    "Asia/Kabul": ("afghanistan", "喀布尔"),
    "Asia/Tehran": ("iran", "irst", "德黑兰"),
    "Asia/Dubai": ("uae", "gst", "abu dhabi", "迪拜", "杜拜"),
    "Asia/Riyadh": ("saudi arabia", "利雅得"),
    JERUSALEM: ("israel", "tel aviv", "耶路撒冷", "特拉维夫"),
    "Europe/Istanbul": ("turkey", "ankara", "trt", "伊斯坦布尔", "安卡拉"),
    "Africa/Cairo": ("egypt", "开罗"),
    "Africa/Casablanca": ("morocco", "rabat", "卡萨布兰卡"),
    "Africa/Johannesburg": ("south africa", "sast", "pretoria", "cape town", "约翰内斯堡"),
    "Africa/Nairobi": ("kenya", "eat", "内罗毕"),
    "Africa/Lagos": ("nigeria", "wat", "拉各斯"),
    "Africa/Addis_Ababa": ("ethiopia", "亚的斯亚贝巴"),
    LONDON: ("uk", "britain", "england", "bst", "伦敦", "倫敦", "英国"),
    "Europe/Dublin": ("ireland", "都柏林"),
    "Europe/Lisbon": ("portugal", "wet", "里斯本"),
    PARIS: ("france", "巴黎"),
    BERLIN: ("germany", "cet", "cest", "munich", "frankfurt", "bonn", "柏林", "法兰克福"),
    "Europe/Brussels": ("brussels", "belgium", "eu", "nato", "布鲁塞尔", "布魯塞爾"),
    "Europe/Zurich": ("geneva", "bern", "switzerland", "日内瓦", "日內瓦", "苏黎世"),
    "Europe/Amsterdam": ("netherlands", "the hague", "阿姆斯特丹", "海牙"),
    "Europe/Rome": ("italy", "milan", "罗马"),
    "Europe/Madrid": ("spain", "barcelona", "马德里"),
    "Europe/Vienna": ("austria", "维也纳"),
    "Europe/Warsaw": ("poland", "华沙", "華沙"),
    "Europe/Athens": ("greece", "eet", "eest", "雅典"),
    "Europe/Kyiv": ("ukraine", "kiev", "基辅", "基輔"),
    MOSCOW: ("russia", "msk", "st petersburg", "莫斯科"),
    "Asia/Vladivostok": ("海参崴", "符拉迪沃斯托克"),
    SYDNEY: ("canberra", "aest", "aedt", "aet", "australia", "悉尼", "雪梨", "堪培拉"),
    "Australia/Melbourne": ("墨尔本",),
    "Australia/Adelaide": ("acst", "acdt"),
    "Australia/Perth": ("awst", "珀斯"),
    "Australia/Lord_Howe": ("lord howe island",),
    "Pacific/Auckland": ("new zealand", "nz", "nzst", "nzdt", "wellington", "奥克兰", "惠灵顿"),
    "Pacific/Apia": ("samoa",),
    "Pacific/Kwajalein": ("marshall islands",),
    "Pacific/Guam": ("chst", "关岛", "關島"),
    "Pacific/Port_Moresby": ("papua new guinea",),
    "Pacific/Guadalcanal": ("solomon islands", "honiara"),
}

SEVERAL: Mapping[str, tuple[str, ...]] = {
    "cst": (CHICAGO, SHANGHAI, "America/Havana"),
    "ist": (KOLKATA, JERUSALEM, "Europe/Dublin"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "usa": (NEW_YORK, CHICAGO, DENVER, LOS_ANGELES),
    "us": (NEW_YORK, CHICAGO, DENVER, LOS_ANGELES),
    "america": (NEW_YORK, CHICAGO, DENVER, LOS_ANGELES),
    "united states": (NEW_YORK, CHICAGO, DENVER, LOS_ANGELES),
    "美国": (NEW_YORK, CHICAGO, DENVER, LOS_ANGELES),
    "canada": ("America/Toronto", "America/Vancouver", "America/Halifax"),
    "brazil": ("America/Sao_Paulo", "America/Manaus"),
    "europe": (LONDON, "Europe/Brussels", BERLIN, "Europe/Athens"),
    "asia": (SHANGHAI, TOKYO, SINGAPORE, KOLKATA),
}
"""What may mean several zones, the likeliest first: the reader has to say which."""

TYPED: Mapping[str, str] = {typed: zone for zone, names in _TYPED.items() for typed in names}
"""What people type, in small letters, and the zone it means."""
