"""Given names, by which somebody else is meant who shares a family name: "Daniel Biden" is not Joe Biden."""

_NAMES = """
aaron adam adrian al alan albert alex alexander alexandra alexis alfred alice alison allen amanda amber amy
andrea andrew andy angela anita ann anna anne annie anthony anton antonio arthur ashley audrey austin barbara
barry beau ben benjamin bernard beth betty beverly bill billy bob bobby brad bradley brandon brenda brian bruce
bryan caleb cameron carl carlos carol caroline catherine chad charles charlie charlotte cheryl chris christian
christina christine christopher cindy claire clara claude clifford colin craig crystal curtis cynthia dale dan
daniel danielle danny darren dave david dean debbie deborah debra denis dennis derek diana diane don donald
donna doris dorothy doug douglas duncan dwight dylan earl ed eddie edgar edith edward edwin eileen elaine
eleanor elizabeth ella ellen emily emma eric erica erik erin ernest ethan eugene eva evan eve evelyn finn
florence frances francis frank fred frederick gabriel gail gary gavin gene geoffrey george gerald gerard gina
gladys glen glenn gloria gordon grace graham greg gregory guy hannah harold harriet harry heather helen henry
herbert holly howard hugh hunter ian irene isaac isabel ivan jack jackie jackson jacob jacqueline jake james
jamie jan jane janet janice jason jay jean jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jesse
jessica jill jim jimmy joan joanna joe joel john johnny jon jonathan jordan jose joseph josh joshua joy joyce
juan judith judy julia julian julie justin karen karl kate katherine kathleen kathryn kathy katie keith kelly
ken kenneth kevin kim kirk kristin kurt kyle larry laura lauren laurence lawrence leah lee leo leon leonard
leroy leslie lester lewis liam linda lindsay lisa lloyd logan lois lori louis louise lucas lucy luis luke lynn
madison marc marcus margaret maria marie marilyn mario marion marjorie mark martha martin marvin mary mason matt
matthew maureen max megan melinda melissa michael michelle miguel mike mildred mitch monica morgan nancy naomi
natalie nathan neil nicholas nick nicole nina noah nora norma norman oliver olivia oscar owen pamela pat
patricia patrick paul paula pauline peggy penny pete peter philip phillip phyllis rachel ralph randy ray raymond
rebecca rex rhonda richard rick ricky rita rob robert roberta robin rodney roger roland ron ronald rosa rose
rosemary ross roy ruby russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean seth shannon
sharon shawn sheila shirley simon sophia sophie stacy stanley stella stephanie stephen steve steven stuart sue
susan suzanne sylvia tamara tara ted teresa terri terry thelma theodore theresa thomas tiffany tim timothy tina
todd tom tommy tony tracy travis trevor tyler valerie vanessa vera vernon veronica victor victoria vincent
virginia vivian wade walter wanda warren wayne wendy wesley will william willie yvonne zach zachary zoe
"""
GIVEN_NAMES = frozenset(_NAMES.split())
