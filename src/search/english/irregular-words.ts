/** Forms no rule leads to, each line a word and its forms. */
const FAMILIES = `
man men|woman women|child children|person people|wife wives|life lives|leaf leaves|foot feet|tooth teeth|mouse mice
goose geese|ox oxen|crisis crises|analysis analyses|basis bases|thesis theses|hypothesis hypotheses|criterion criteria
phenomenon phenomena|medium media|half halves|knife knives|thief thieves|loaf loaves|shelf shelves|wolf wolves|self selves
calf calves|elf elves|hoof hooves|scarf scarves|die dice|index indices|appendix appendices|matrix matrices|datum data
bacterium bacteria|stadium stadia|referendum referenda|curriculum curricula|diagnosis diagnoses|oasis oases
parenthesis parentheses|emphasis emphases|axis axes
say said|go went gone|take took taken|make made|give gave given|write wrote written|win won|lose lost losing|run ran
begin began begun|speak spoke spoken|tell told|think thought|bring brought|buy bought|sell sold|build built|leave left
meet met|find found|hold held|keep kept|teach taught|lead led leader leadership|fight fought|drive drove driven|sing sang sung|rise rose risen
fall fell fallen|grow grew grown growth|choose chose chosen|arise arose arisen|awake awoke|bear bore borne|beat beaten
become became|bend bent|bind bound|bite bitten|blow blew blown|break broke broken|breed bred|burn burnt|catch caught
cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|eat ate eaten|feed fed|own owner ownership
feel felt|flee fled|fling flung|fly flew flown|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|hang hung|hear heard|hide hid hidden|kneel knelt
know knew known|lay laid|lean leant|learn learnt|lend lent|mean meant|mistake mistook mistaken|mislead misled
overcome overcame|overtake overtook overtaken|overthrow overthrew overthrown|pay paid|prove proven|ride rode ridden|ring rang
see saw seen|seek sought|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sink sank sunk
sit sat|sleep slept|slide slid|spend spent|spin spun|spring sprang sprung|stand stood|steal stole stolen|stick stuck
sting stung|strike struck stricken|strive strove|swear swore sworn|sweep swept|swim swam swum|swing swung|tear tore torn
throw threw thrown|understand understood|undertake undertook undertaken|wake woke woken|wear wore worn|weep wept
withdraw withdrew withdrawn|withhold withheld|withstand withstood
good better best|bad worse worst|far farther farthest
die dying died|lie lying lied|tie tying tied
move movement|pay payment|treat treatment|ship shipment|improve improvement|environment environmental|govern government
elect electoral electorate|economy economic economics economical economist|president presidential presidency
parliament parliamentary parliamentarian|produce production|reduce reduction|introduce introduction|create creation creator
destroy destruction|describe description|receive reception|permit permission|admit admission|expand expansion
extend extension|invade invasion|explode explosion explosive|conclude conclusion|divide division|suspend suspension
submit submission|persuade persuasion|intervene intervention|convene convention|allege allegation|accuse accusation
injure injury|discover discovery|recover recovery|deliver delivery|rob robbery|brave bravery|industry industrial
territory territorial|ministry ministerial|finance financial|commerce commercial|province provincial|crime criminal
member membership|champion championship|friend friendship|citizen citizenship
child childhood|neighbor neighborhood|parent parenthood|science scientist scientific|art artist artistic|tour tourist tourism
violence violent|silence silent|absence absent|presence present|evidence evident|independence independent
resign resignation resignations|explain explanation explanations|deep depth depths|long length|strong strength|wide width
high height|warm warmth|true truth|poor poverty|free freedom|hungry hunger|angry anger|sell sale sales|die death deaths
bus buses bused busing|judgment judgement judgements|gray grey grays greys|tire tyre tyres|plow plough ploughs ploughed ploughing
jewelry jewellery|check cheque cheques|collide collision|consume consumption|assume assumption|resume resumption|migrate migrant migrants
employ employee employees|strong strengthen strengthened|wide widen widened|true truly
designate designated designates designating designation designations|engineer engineered engineering|agree agreement agreements
disarm disarmament|pregnant pregnancy pregnancies|vacant vacancy vacancies|frequent frequency frequencies|urgent urgency
america american|mexico mexican|canada canadian|cuba cuban|africa african|asia asian|europe european|russia russian|syria syrian|libya libyan
india indian|indonesia indonesian|australia australian|austria austrian|italy italian|germany german|brazil brazilian|argentina argentine argentinian
chile chilean|peru peruvian|colombia colombian|venezuela venezuelan|ukraine ukrainian|iran iranian|iraq iraqi|israel israeli
egypt egyptian|tunisia tunisian|algeria algerian|morocco moroccan|nigeria nigerian|kenya kenyan|ethiopia ethiopian|korea korean|japan japanese
china chinese|vietnam vietnamese|portugal portuguese|taiwan taiwanese|lebanon lebanese|sudan sudanese|scotland scottish scot|wales welsh
england english|ireland irish|britain british briton|spain spanish spaniard|france french|turkey turkish turk|sweden swedish swede
denmark danish dane|finland finnish|norway norwegian|greece greek|palestine palestinian|jordan jordanian|pakistan pakistani|afghanistan afghan
yemen yemeni|qatar qatari|kuwait kuwaiti|macedonia macedonian|hungary hungarian|romania romanian|serbia serbian serb
lose loss losses|choose choice choices|believe belief beliefs|prove proof|defend defense|decide decision decisions
`;

/** The word that stands for a form of it which no rule leads to; absent: the rules do. */
export const IRREGULAR_WORDS: ReadonlyMap<string, string> = new Map(
  FAMILIES.trim()
    .split(/[|\n]/)
    .map((family) => family.split(' '))
    .flatMap(([word = '', ...forms]) => forms.map((form) => [form, word] as const)),
);
