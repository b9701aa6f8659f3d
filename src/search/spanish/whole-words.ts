/** Words that an ending would make one with others: those that differ by their last vowel, and such as end like a verb. */
const WORDS = `
caso casa|puerto puerta|banco banca|libro libra|marco marca|punto punta|cuento|modo moda|plazo plaza|gesto gesta|peso pesa
foco foca|pato pata|copo copa|bolso bolsa|bando banda|grito grita|cuadro cuadra|fondo fonda|barco barca|ramo rama|suelo suela
tramo trama|velo vela|manto manta|rato rata|palo pala|cero cera|cubo cuba|paso pasa|rayo raya|minuto minuta|partido partida
parto parte|derecho derecha|medio media|pozo poza|sueldo suelda|naranjo naranja|manzano manzana|fruto fruta
grado grada|mazo maza|pimiento pimienta|brazo braza|cargo carga
perro perra|pero pera|plato plata|pasto pasta|resto resta|ruedo rueda|seno seña|tino tina
toro tora|tubo tuba|turno turna|acero acera|arco arca|boto bota|carto carta|cesto cesta|cinto cinta
costo costa|cuarto cuarta|curo cura|dato data|faro fara|filo fila|hoyo hoya|huevo hueva
jarro jarra|lomo loma|mago maga|maleto maleta|mecho mecha|mito mita|moro mora|muñeco muñeca|oro ora|pelo pela
pico pica|pollo polla|prenso prensa|raso rasa|ropo ropa|sello sella|soplo sopla
tacto tacta|talo tala|techo techa|testo testa|trompo trompa|vaso vasa|viajo viaja|hombre hombro|hambre|principe principio|salud saludo|sol solo
cometa|papelera|ordenador|presidio|particular|particula|solar|popular|militar|regular|circular|polar|similar|escolar|familiar|hogar
lugar|dolar|ejemplar|pilar|vulgar|singular|titular|bar|mar|azucar|vacacion vacaciones|parada|peru|nueve|nieve|marido|universo|universal|universidad|serie|vena|solo
tormento tormenta|mango manga|veto veta|monto monte|corte|sede|seda|sal|sala|golf|golfo|poliza|nigeria|niger|liberia|siberia
bulgaria|materia|importante|gorro gorra|barro barra|clavo clave|hielo|hiel|lunes|luna|pisto pista|bolo bola|coro cora|leño leña|madero madera|cerco cerca|capo capa|palmo palma|rosco rosca|seto seta|mareo marea
ventano ventana|anillo anilla|cuchillo cuchilla|colo cola|codo coda|moco moca|espado espada
`;

/** Each such word with its plural, and the form that stands for both. */
export const WHOLE_WORDS: ReadonlyMap<string, string> = new Map(
  WORDS.trim()
    .split(/[|\n]/)
    .flatMap((pair) => pair.split(' '))
    .flatMap((word) => [[word, word] as const, [`${word}${/[aeiou]$/.test(word) ? '' : 'e'}s`, word] as const]),
);
