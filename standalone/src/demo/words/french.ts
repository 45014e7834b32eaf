import type { LanguagePhrases } from './phrases.ts';

export const french: LanguagePhrases = {
  topics: {
    cuisine: {
      sentences: [
        '{plat} ce soir. {avis} #cuisine',
        'Le secret de mon {plat2} : {secret}. Voilà, c’est dit.',
        'Fournée de quatre heures : {pain}. {avis}',
        'On m’a redemandé {plat}. J’ai fait semblant d’hésiter.',
      ],
      gaps: {
        plat: ['Soupe à l’oignon', 'Gratin de blettes', 'Quenelles', 'Tarte aux pommes', 'Thiéboudiène'],
        plat2: ['gratin', 'bouillon', 'pain de seigle', 'caramel'],
        secret: ['du temps', 'une pincée de muscade', 'ne pas ouvrir le four', 'le beurre, évidemment'],
        pain: ['douze miches', 'des brioches', 'un pain de campagne un peu fou', 'trente baguettes'],
        avis: [
          'Il n’en reste rien.',
          'Trop salé, comme d’habitude.',
          'Ma meilleure à ce jour.',
          'Les voisins ont sonné.',
        ],
      },
    },
    ville: {
      sentences: [
        'Ce matin {lieu} : {scene}.',
        'Le tram s’est arrêté pour {raison}. Personne n’a râlé. #ville',
        'Retour à vélo par {lieu2}. {scene2}',
        'Fin de garde, {lieu2} pour moi toute seule. {scene2}',
      ],
      gaps: {
        lieu: ['sur les quais', 'au marché', 'devant la gare', 'dans le métro'],
        lieu2: ['le vieux port', 'le canal', 'la grande place', 'le pont suspendu'],
        scene: [
          'un accordéon et deux pigeons qui dansent',
          'une file joyeuse devant la boulangerie',
          'quelqu’un lit debout, sans se tenir',
          'du brouillard jusqu’aux genoux',
        ],
        scene2: [
          'Il faisait doux.',
          'On entendait les mouettes.',
          'Personne, sauf un chat.',
          'J’ai fait un détour exprès.',
        ],
        raison: ['un hérisson', 'une mariée en retard', 'un cartable oublié', 'laisser passer les canards'],
      },
    },
    lecture: {
      sentences: [
        'Lu {livre} en {temps}. {avis} #lecture',
        'Station ratée à cause de {livre}. {avis}',
        'À la librairie on me demande « {demande} ». J’ai donné {livre}.',
        '{livre}, page {page}. Ne me parlez pas.',
      ],
      gaps: {
        livre: [
          'un polar islandais',
          'un roman sans virgules',
          'des lettres de marins',
          'une histoire du papier',
          'un premier roman',
        ],
        temps: ['une nuit', 'trois trajets', 'un dimanche', 'six semaines, et alors'],
        avis: ['Quelle fin.', 'Je recommence demain.', 'Le traducteur mérite une statue.', 'On en reparle ?'],
        demande: [
          'quelque chose de bleu',
          'un livre pour ma mère qui n’aime rien',
          'le dernier, vous savez',
          'un roman court, mais long',
        ],
        page: ['57', '112', '303', '19'],
      },
    },
  },
  replies: [
    'Magnifique !',
    'Tout à fait.',
    'J’essaie dimanche.',
    'Une photo, une photo !',
    'J’ai ri toute seule.',
    'Et ensuite ?',
    'Merci pour ça.',
    'Chez nous, c’était l’inverse.',
    'Je note.',
    'On y va ensemble la prochaine fois ?',
  ],
  quotes: [
    'On ne saurait mieux dire.',
    'À lire lentement :',
    'Mon sourire du jour.',
    'Exactement ce que je pensais :',
    'À encadrer.',
  ],
};
