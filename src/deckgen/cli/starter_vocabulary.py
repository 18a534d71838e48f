"""The course of words that `deckgen new --kind vocabulary` makes."""

from __future__ import annotations

_HEAD = "#:schema ../schema/cards.json\n\n"

_AT_HOME = """\
# A word is one note in Anki, with a card for each direction. `language` is that of the terms; meanings are in the
# language of deckgen.toml.
[deck]
name     = "Spanish::At home"
language = "es"
new      = "mixed"

[[word]]
id       = "casa"
term     = "la casa"
meaning  = ["house", "home"]  # each is right when typed
part     = "noun"
gender   = "f"
# sound   = "media/casa.mp3"  # a recording makes a third card, by ear
# picture = "media/casa.png"
examples = [{ text = "Vivimos en una {{casa}} pequeña.", translation = "We live in a small house." }]

[[word]]
id       = "cocina"
term     = "la cocina"
meaning  = ["kitchen"]
part     = "noun"
gender   = "f"
examples = [{ text = "Mi madre está en la {{cocina}}.", translation = "My mother is in the kitchen." }]

[[word]]
id       = "bano"
term     = "el baño"
meaning  = ["bathroom"]
part     = "noun"
gender   = "m"
examples = [{ text = "¿Dónde está el {{baño}}?", translation = "Where is the bathroom?" }]

[[word]]
id       = "puerta"
term     = "la puerta"
meaning  = ["door"]
part     = "noun"
gender   = "f"
examples = [{ text = "La {{puerta}} está abierta.", translation = "The door is open." }]

[[word]]
id       = "ventana"
term     = "la ventana"
meaning  = ["window"]
part     = "noun"
gender   = "f"
examples = [{ text = "Desde la {{ventana}} se ve el mar.", translation = "You can see the sea from the window." }]

[[word]]
id       = "mesa"
term     = "la mesa"
meaning  = ["table"]
part     = "noun"
gender   = "f"
examples = [{ text = "El libro está en la {{mesa}}.", translation = "The book is on the table." }]

[[word]]
id       = "silla"
term     = "la silla"
meaning  = ["chair"]
part     = "noun"
gender   = "f"
examples = [{ text = "Necesitamos otra {{silla}}.", translation = "We need another chair." }]

[[word]]
id       = "cama"
term     = "la cama"
meaning  = ["bed"]
part     = "noun"
gender   = "f"
examples = [{ text = "El gato duerme en la {{cama}}.", translation = "The cat is sleeping on the bed." }]

[[word]]
id       = "jardin"
term     = "el jardín"
meaning  = ["garden"]
part     = "noun"
gender   = "m"
examples = [{ text = "Los niños juegan en el {{jardín}}.", translation = "The children are playing in the garden." }]

[[word]]
id       = "abrir"
term     = "abrir"
meaning  = ["to open"]
part     = "verb"
examples = [{ text = "¿Puedes {{abrir}} la ventana?", translation = "Can you open the window?" }]

[[word]]
id          = "cerrar"
term        = "cerrar"
meaning     = ["to close", "to shut"]
part        = "verb"
examples    = [{ text = "¿Puedes {{cerrar}} la puerta, por favor?", translation = "Can you close the door, please?" }]
explanation = "The stem changes where it is stressed: *cierro, cierras, cierra*, but *cerramos*."

[[word]]
id          = "grande"
term        = "grande"
meaning     = ["big", "large"]
part        = "adjective"
examples    = [{ text = "Tienen una cocina muy {{grande}}.", translation = "They have a very big kitchen." }]
explanation = "Before a noun in the singular it is *gran*, and often means “great”: *una gran idea*."
"""

_FOOD = """\
[deck]
name     = "Spanish::Eating and drinking"
language = "es"
new      = "mixed"

[[word]]
id       = "pan"
term     = "el pan"
meaning  = ["bread"]
part     = "noun"
gender   = "m"
examples = [{ text = "Compramos {{pan}} todos los días.", translation = "We buy bread every day." }]

[[word]]
id          = "agua"
term        = "el agua"
meaning     = ["water"]
part        = "noun"
gender      = "f"
examples    = [{ text = "El {{agua}} del mar está fría.", translation = "The sea water is cold." }]
explanation = "Feminine, but with *el* in the singular, as it begins with a stressed *a*: *el agua fría, las aguas*."

[[word]]
id       = "manzana"
term     = "la manzana"
meaning  = ["apple"]
part     = "noun"
gender   = "f"
examples = [{ text = "Como una {{manzana}} cada mañana.", translation = "I eat an apple every morning." }]

[[word]]
id       = "queso"
term     = "el queso"
meaning  = ["cheese"]
part     = "noun"
gender   = "m"
examples = [{ text = "Quiero un bocadillo de {{queso}}.", translation = "I want a cheese sandwich." }]

[[word]]
id       = "leche"
term     = "la leche"
meaning  = ["milk"]
part     = "noun"
gender   = "f"
examples = [{ text = "¿Tomas el café con {{leche}}?", translation = "Do you take milk in your coffee?" }]

[[word]]
id       = "huevo"
term     = "el huevo"
meaning  = ["egg"]
part     = "noun"
gender   = "m"
examples = [{ text = "Compra seis {{huevos}}, por favor.", translation = "Buy six eggs, please." }]

[[word]]
id          = "pescado"
term        = "el pescado"
meaning     = ["fish (to eat)"]  # what stands in brackets may be left out when it is typed
part        = "noun"
gender      = "m"
examples    = [{ text = "Los viernes comemos {{pescado}}.", translation = "On Fridays we eat fish." }]
explanation = "A living fish is *un pez*."

[[word]]
id          = "te"
term        = "el té"
meaning     = ["tea"]
part        = "noun"
gender      = "m"
examples    = [{ text = "Un {{té}} con limón, por favor.", translation = "A tea with lemon, please." }]
explanation = "The accent tells it from *te*, “you”."

[[word]]
id       = "comer"
term     = "comer"
meaning  = ["to eat"]
part     = "verb"
examples = [{ text = "¿Qué quieres {{comer}}?", translation = "What do you want to eat?" }]

[[word]]
id       = "beber"
term     = "beber"
meaning  = ["to drink"]
part     = "verb"
examples = [{ text = "Mi hermana no {{bebe}} café.", translation = "My sister doesn’t drink coffee." }]

[[word]]
id       = "frio"
term     = "frío"
meaning  = ["cold"]
accept   = ["fría", "frío, fría"]
part     = "adjective"
examples = [{ text = "La sopa está {{fría}}.", translation = "The soup is cold." }]

[[word]]
id          = "caliente"
term        = "caliente"
meaning     = ["hot"]
part        = "adjective"
examples    = [{ text = "Cuidado, el plato está muy {{caliente}}.", translation = "Careful, the plate is very hot." }]
explanation = "Spicy food is *picante*. When the weather is hot, *hace calor*."
"""

_TESTS = """\
# Printed tests, one for each lesson, in two versions with a key; and a quiz on the screen. A word is asked once on a
# sheet: what one section has drawn, the next ones leave out.

[[sheet]]
id       = "at-home-test"
title    = "At home"
subtitle = "Vocabulary test"
versions = 2
time     = 10

[[sheet.section]]
title = "From Spanish"
from  = ["Spanish::At home"]
draw  = 4
ask   = "recognise"

[[sheet.section]]
title = "Into Spanish"
from  = ["Spanish::At home"]
draw  = 4
ask   = "produce"

[[sheet.section]]
title = "In a sentence"
from  = ["Spanish::At home"]
draw  = 4
ask   = "fill"

[[sheet]]
id       = "eating-and-drinking-test"
title    = "Eating and drinking"
subtitle = "Vocabulary test"
versions = 2
time     = 10

[[sheet.section]]
title = "Pairs"
from  = ["Spanish::Eating and drinking"]
draw  = 4
ask   = "match"

[[sheet.section]]
title = "Into Spanish"
from  = ["Spanish::Eating and drinking"]
draw  = 4
ask   = "produce"

[[sheet.section]]
title = "In a sentence"
from  = ["Spanish::Eating and drinking"]
draw  = 4
ask   = "fill"

[[sheet]]
id      = "practice"
title   = "Practice"
outputs = ["quiz"]  # a page of the web site, where answers are typed

[[sheet.section]]
title = "What does it mean?"
from  = ["Spanish"]
draw  = 6
ask   = "choose"

[[sheet.section]]
title = "From Spanish"
from  = ["Spanish"]
draw  = 6
ask   = "recognise"

[[sheet.section]]
title = "Into Spanish"
from  = ["Spanish"]
draw  = 6
ask   = "produce"
"""

#: The files of cards by their names.
CARDS = {
    "cards/at-home.toml": _HEAD + _AT_HOME,
    "cards/eating-and-drinking.toml": _HEAD + _FOOD,
    "cards/tests.toml": _HEAD + _TESTS,
}
