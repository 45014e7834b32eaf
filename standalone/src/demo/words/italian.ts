import type { LanguagePhrases } from './phrases.ts';

export const italian: LanguagePhrases = {
  topics: {
    musica: {
      sentences: [
        'Trovato {disco} al mercatino. {giudizio} #vinile',
        'Lato B di {disco}: {giudizio}',
        'Piove, il treno è fermo, nelle cuffie {disco}. {giudizio}',
      ],
      gaps: {
        disco: [
          'un 45 giri senza copertina',
          'una colonna sonora del 1968',
          'un disco di valzer',
          'un live registrato malissimo',
        ],
        giudizio: ['Una meraviglia.', 'Si sente la stanza.', 'Lo rimetto da capo.', 'Graffiato nel punto giusto.'],
      },
    },
    cucina: {
      sentences: [
        '{piatto} per {quanti}. {esito} #cucina',
        'Chi mette {errore} {dove} non ha avuto una nonna.',
        'Domenica: {piatto}, poi divano. {esito}',
        'L’olio nuovo è arrivato. {esito}',
      ],
      gaps: {
        piatto: ['Tortelli di zucca', 'Pasta e ceci', 'Ribollita', 'Pizza fritta', 'Gnocchi'],
        quanti: ['sei', 'due', 'tutto il palazzo', 'chi passa'],
        esito: ['Finito tutto.', 'Ho pianto un po’, era la cipolla.', 'Il gatto approva.', 'Si replica.'],
        errore: ['la panna', 'lo zucchero', 'tre spezie', 'la fretta'],
        dove: ['nel ragù', 'nella carbonara', 'nel pesto', 'nel minestrone'],
      },
    },
    citta: {
      sentences: [
        'Regionale delle {ora}: {scena}.',
        'Caffè al banco, {scena}. Buongiorno.',
        'Perso a scacchi contro {chi}. {scena2}',
        'Bora oggi: {scena2}',
      ],
      gaps: {
        ora: ['6:12', '7:40', '18:05', '23:10'],
        scena: [
          'due signore discutono di cinema muto',
          'il controllore canticchia',
          'un bambino conta i tunnel',
          'tutti leggono lo stesso giornale',
        ],
        chi: ['un pescatore', 'mia nipote', 'il barbiere', 'un turista timido'],
        scena2: [
          'Rivincita domani.',
          'I cappelli volano, i gabbiani camminano.',
          'Il mare guardava.',
          'Nessuno aveva fretta.',
        ],
      },
    },
  },
  replies: [
    'Che bello!',
    'Proprio così.',
    'Voglio la ricetta.',
    'Foto?',
    'Ho riso in treno.',
    'E poi?',
    'Ci vengo anch’io.',
    'Mia nonna diceva lo stesso.',
    'Grazie, ci voleva.',
    'Segnato.',
  ],
  quotes: ['Da incorniciare.', 'Non serve aggiungere altro.', 'La frase del giorno:', 'Ecco, appunto.'],
};
