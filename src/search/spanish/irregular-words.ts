/** Verbs whose stem changes under stress: the letters it begins with then, and the ones of its other forms. */
const CHANGING_STEMS = `
piens pens|pierd perd|jueg jug|juegu jug|cuent cont|encuentr encontr|vuelv volv|vuelt volv|muestr mostr|recuerd record
acuerd acord|muer mor|muri mori|muert mor|duerm dorm|durm dorm|sient sent|sint sent|empiez empez|empiec empez|comienz comenz
comienc comenz|quier quer|pued pod|sig segu|sigu segu|consig consegu|consigu consegu|persig persegu|persigu persegu|pid ped
impid imped|despid desped|sirv serv|mid med|vist vest|rij reg|rig reg|corrig correg|elij eleg|elig eleg|repit repet|defiend defend
entiend entend|extiend extend|atiend atend|tiend tend|enciend encend|cierr cerr|gobiern gobern|calient calent|niegu neg|nieg neg
despiert despert|confies confes|adviert advert|advirt advert|conviert convert|convirt convert|invirt invert
inviert invert|divirt divert|diviert divert|sugier suger|sugir suger|prefier prefer|prefir prefer|refier refer|refir refer
hier her|hir her|mient ment|mint ment|prueb prob|aprueb aprob|comprueb comprob|demuestr demostr|suen son|cuest cost|vuel vol
muev mov|promuev promov|remuev remov|resuelv resolv|resuelt resolv|devuelv devolv|devuelt devolv
envuelv envolv|envuelt envolv|llueve llov|almuerz almorz|esfuerc esforz|esfuerz esforz|refuerz reforz|refuerc reforz|cueg colg
cuelg colg|apuest apost|acuest acost|destruy destru|constru constru|conozc conoc|reconozc reconoc|parezc parec|aparezc aparec
ofrezc ofrec|crezc crec|nazc nac|conduzc conduc|conduj conduc|produzc produc|produj produc|introduj introduc|introduzc introduc
reduj reduc|reduzc reduc|apriet apret|sueñ soñ|traduj traduc|traduzc traduc
`;

/** Forms no rule leads to: a word and its forms, without accents. */
const FAMILIES = `
decir digo dice dices dicen decimos dije dijo dijeron dijimos dicho dicha dichos diga digan dira diran diria dirian diciendo
hacer hago hace haces hacen hizo hice hicieron hicimos hecho hecha hechos hechas haga hagan hara haran haria harian haciendo
tener tengo tiene tienes tienen tuvo tuve tuvieron tuvimos tenga tengan tendra tendran tendria tendrian teniendo
detener detiene detienen detuvo detuvieron detenido detenida detenidos detenidas detencion detenciones
mantener mantiene mantienen mantuvo mantuvieron mantendra|obtener obtiene obtienen obtuvo obtuvieron obtendra
contener contiene contienen contuvo|sostener sostiene sostienen sostuvo
poner pongo pone ponen puso puse pusieron puesto puesta puestos puestas ponga pongan pondra pondran pondria poniendo
proponer propone proponen propuso propusieron propuesto propuesta propuestas propondra
imponer impone imponen impuso impusieron impuesta|suponer supone suponen supuso supuesto supuesta supuestos supuestas|exponer expone expuso expuesto
componer compone compuso compuesto|disponer dispone dispuso dispuesto
venir vengo viene vienen vino vinieron venga vengan vendra vendran vendria viniendo
querer quiso quisieron querra quisiera|saber se sabe saben supo supieron sepa sepan sabra sabran
poder pudo pudieron podra podran podria podrian pudiendo|ir voy va van vamos iba iban vaya vayan ido yendo
dar doy da dan dio dieron dado dada dieran|ver veo ve ven vio vieron visto vista vistos vea vean
traer traigo trajo trajeron traido|caer caigo cae caen cayo cayeron caido caida|oir oigo oye oyen oyo oyeron
salir salgo sale salen salio salga saldra saldran salida salidas|valer vale valen valga valdra
escribir escrito escrita escritos escritas|abrir abierto abierta abiertos abiertas|cubrir cubierto cubierta
descubrir descubierto descubierta|romper roto rota rotos rotas|morir muerte muertes
freir frito|imprimir impreso|huir huye huyen huyo huyeron huyendo|leer lee leen leyo leyeron leido|creer cree creen creyo creyeron creido
construir construccion construcciones|destruir destruccion|producir produccion producciones productor productores productora producto productos
reducir reduccion reducciones|traducir traduccion traductor|introducir introduccion|elegir eleccion elecciones electo elector electores
electoral electorales|decidir decision decisiones|discutir discusion discusiones|expulsar expulsion|agredir agresion agresiones agresor
dirigir direccion|invadir invasion invasiones|concluir conclusion conclusiones|proteger proteccion|corregir correccion correcciones
suspender suspension|extender extension|inscribir inscripcion inscripciones|describir descripcion|permitir permiso permisos
prohibir prohibicion|pedir peticion peticiones|perder perdida perdidas|reunir reunion reuniones
crear creacion creaciones creador creadora|caracter caracteres|empresa empresas empresarial empresariales empresario empresarios
universidad universidades universitario universitaria universitarios universitarias|solo sola solos solas
grande grandes gran|primero primer|tercero tercer|bueno buen|malo mal|santo san|importante importantes importancia importancias
voz voces|luz luces|vez veces|juez jueces|pez peces|cruz cruces
actor actriz actores actrices|emperador emperatriz|alcalde alcaldesa alcaldes alcaldesas|poeta poetisa
`;

const groups = (list: string): readonly (readonly string[])[] =>
  list
    .trim()
    .split(/[|\n]/)
    .map((group) => group.split(' '));

/** Stems of peoples, and of their countries. */
const PEOPLES = `
mexican mexic|grieg grec|ingles inglaterr|corean core|norcorean norcore|surcorean surcore|australian australi|indonesi indones|español españ|espanol espan
peruan peru|chilen chil|colombian colombi|cuban cub|venezolan venezuel|brasilen brasil|brasileñ brasil|bolivian bolivi
italian itali|american americ|african afric|ucranian ucrani|iranian iran|europe europ|ecuatorian ecuador|paraguay paraguay
guatemaltec guatemal|hondureñ hondur|honduren hondur|panameñ panam|panamen panam|madrileñ madrid|madrilen madrid
`;

/** The word that stands for a form of it which no rule leads to; absent: the rules do. */
export const IRREGULAR_WORDS: ReadonlyMap<string, string> = new Map(
  groups(FAMILIES).flatMap(([word = '', ...forms]) => forms.map((form) => [form, word] as const)),
);

/** The stem of a verb by the letters its stressed or past forms begin with. */
export const CHANGING: ReadonlyMap<string, string> = new Map(
  groups(CHANGING_STEMS).map(([stressed = '', stem = '']) => [stressed, stem] as const),
);

/** The stem of a country by that of its people. */
export const COUNTRIES: ReadonlyMap<string, string> = new Map(
  groups(PEOPLES).map(([people = '', country = '']) => [people, country] as const),
);
