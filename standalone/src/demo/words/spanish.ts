import type { LanguagePhrases } from './phrases.ts';

export const spanish: LanguagePhrases = {
  topics: {
    huerta: {
      sentences: [
        'Hoy en la huerta: {planta}. {resultado} #huerta',
        'Planté {planta} {donde}. El gato aprobó el lugar.',
        'Me sobran {planta}. Cambio por {cambio}.',
        'Llovió por fin. {planta} y yo lo celebramos {donde}.',
        'Mi abuela decía que {planta} se siembra hablando. {resultado}',
      ],
      gaps: {
        planta: ['tomates', 'habas', 'calabacines', 'cilantro', 'pimientos', 'zanahorias moradas'],
        resultado: ['Va mejor que el año pasado.', 'Las hormigas opinan distinto.', 'Paciencia.', 'Ya hay flores.'],
        donde: ['junto al muro', 'en una bañera vieja', 'debajo del limonero', 'en el balcón'],
        cambio: ['pan', 'semillas raras', 'un buen libro', 'mermelada de higo'],
      },
    },
    cocina: {
      sentences: [
        '{plato} para {cuantos}. Sobró {sobra}. #cocina',
        'Mi {plato} lleva {secreto} y no acepto discusiones.',
        'Domingo de {plato}: {cuantos} a la mesa y la radio puesta.',
        'Descubrí que {secreto} salva cualquier {plato}.',
      ],
      gaps: {
        plato: ['arroz al horno', 'pozole', 'tortilla de patatas', 'gazpacho', 'guiso de lentejas', 'flan'],
        cuantos: ['cuatro', 'diez', 'dos', 'toda la escalera'],
        sobra: ['nada', 'para mañana', 'la conversación', 'una cucharada, la mía'],
        secreto: ['un poco de laurel', 'pimentón', 'una manzana', 'tiempo', 'lima'],
      },
    },
    cine: {
      sentences: [
        'Anoche vimos {peli}. {juicio} #cine',
        'Restauramos {peli}: {minutos} minutos que nadie había visto en años.',
        'Cola en la puerta para {peli}. {juicio}',
        'Lo mejor de {peli} son los silencios. {juicio}',
      ],
      gaps: {
        peli: [
          'un melodrama de 1951',
          'una comedia muda',
          'un documental sobre faroles',
          'una del oeste sin caballos',
          'un corto de estudiantes',
        ],
        juicio: [
          'Salimos sin hablar.',
          'Aplaudió hasta el proyectista.',
          'Lloré en el minuto tres.',
          'Hay que verla en sala.',
        ],
        minutos: ['siete', 'doce', 'cuarenta', 'tres'],
      },
    },
    monte: {
      sentences: [
        'Subí hasta {lugar}. {clima}, y {encuentro} #montaña',
        'Camino a {lugar} saludé a {perros} perros. Buen día.',
        '{clima} en {lugar}. Esperamos con mate y paciencia.',
        'Tejer mirando {lugar}: {encuentro}',
      ],
      gaps: {
        lugar: ['la laguna', 'el mirador', 'la cruz del cerro', 'el refugio', 'las terrazas viejas'],
        clima: ['Niebla cerrada', 'Cielo limpio', 'Granizo', 'Viento tibio'],
        encuentro: [
          'un cóndor dio dos vueltas.',
          'nadie más en el sendero.',
          'una señora me regaló naranjas.',
          'se oía el río.',
        ],
        perros: ['siete', 'tres', 'catorce', 'once'],
      },
    },
  },
  replies: [
    '¡Qué maravilla!',
    'Tal cual.',
    'Quiero la receta.',
    '¿Hay foto?',
    'Me hiciste reír en el autobús.',
    'Aquí pasó lo mismo ayer.',
    'Totalmente de acuerdo.',
    '¿Y cómo terminó?',
    'Gracias por contarlo.',
    'Eso mismo dice mi madre.',
  ],
  quotes: [
    'No se puede decir mejor.',
    'Para leer dos veces:',
    'Esto me alegró el día.',
    'Apunten.',
    'Justo lo que hablábamos ayer:',
  ],
};
