/** Words that stand in every Spanish article, without accents. */
export const SPANISH_STOP_WORDS: ReadonlySet<string> = new Set(
  `a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquello asi aun aunque bajo bien cada casi como con
  contra cual cuales cuando cuanto de del desde donde dos durante e el ella ellas ellos en entre era eran eres es esa esas ese
  eso esos esta estaba estaban estan estar estas este esto estos fue fueron ha habia habian haber han has hasta hay he la las le
  les lo los mas me mi mientras mis mucho muchos muy ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero
  poco por porque pues que quien quienes se sea segun ser si sido sin sino sobre son soy su sus tal tambien tan tanto te tu tus
  un una unas uno unos usted ustedes y ya yo`.split(/\s+/),
);
