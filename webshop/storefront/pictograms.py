"""Drawings of the seeded products: SVG shapes on a 200 × 200 canvas.

`$a` is the main colour, `$b` its darker tone, `$c` a light tone. `parcel` stands for any product
without its own drawing.
"""

PICTOGRAMS: dict[str, str] = {
    "parcel": '<rect x="48" y="70" width="104" height="78" rx="6" fill="$a"/>'
    '<rect x="48" y="70" width="104" height="22" rx="6" fill="$b"/>'
    '<rect x="90" y="70" width="20" height="78" fill="$c"/>'
    '<path d="M100 70c-26-34-44-12-22 0zm0 0c26-34 44-12 22 0z" fill="$b"/>',
    "mug": '<path d="M138 82h12a20 20 0 0 1 0 44h-14" fill="none" stroke="$b" stroke-width="12"/>'
    '<path d="M54 66h86v66a24 24 0 0 1-24 24H78a24 24 0 0 1-24-24z" fill="$a"/>'
    '<path d="M54 66h86v16H54z" fill="$c"/>',
    "teapot": '<path d="M150 88l24-18v22l-22 30zM52 90c-34-4-34 44 4 40" fill="none" stroke="$b" '
    'stroke-width="10"/><ellipse cx="102" cy="114" rx="54" ry="40" fill="$a"/>'
    '<path d="M66 84a38 20 0 0 1 72 0z" fill="$b"/><circle cx="102" cy="60" r="8" fill="$c"/>',
    "board": '<rect x="34" y="62" width="104" height="84" rx="12" fill="$a"/>'
    '<rect x="132" y="94" width="42" height="20" rx="10" fill="$a"/>'
    '<circle cx="163" cy="104" r="5" fill="$c"/>'
    '<path d="M48 84h62M48 104h74M48 124h54" stroke="$b" stroke-width="3" fill="none"/>',
    "bowl": '<path d="M36 86h128a64 64 0 0 1-128 0z" fill="$a"/>'
    '<ellipse cx="100" cy="86" rx="64" ry="14" fill="$c"/>'
    '<rect x="78" y="146" width="44" height="10" rx="4" fill="$b"/>',
    "press": '<rect x="66" y="62" width="66" height="94" rx="8" fill="$c"/>'
    '<rect x="66" y="104" width="66" height="52" rx="8" fill="$b"/>'
    '<path d="M132 80h20v52h-20" fill="none" stroke="$a" stroke-width="10"/>'
    '<rect x="60" y="52" width="78" height="14" rx="5" fill="$a"/>'
    '<path d="M99 52V32" stroke="$a" stroke-width="6"/><circle cx="99" cy="30" r="8" fill="$a"/>',
    "towel": '<rect x="36" y="44" width="128" height="8" rx="4" fill="$b"/>'
    '<path d="M52 52h44v102H52z" fill="$a"/><path d="M104 52h44v84h-44z" fill="$c"/>'
    '<path d="M52 132h44M52 142h44M104 116h44" stroke="$b" stroke-width="4"/>',
    "lamp": '<rect x="58" y="148" width="62" height="12" rx="6" fill="$b"/>'
    '<path d="M88 148L64 96l50-38" fill="none" stroke="$b" stroke-width="8" '
    'stroke-linejoin="round"/><path d="M102 42l48 34-34 26a30 30 0 0 1-14-60z" fill="$a"/>'
    '<path d="M150 76l14 44-48-18z" fill="$c"/>',
    "candle": '<rect x="66" y="84" width="68" height="72" rx="8" fill="$a"/>'
    '<rect x="78" y="104" width="44" height="30" rx="4" fill="$c"/>'
    '<path d="M100 84V72" stroke="$b" stroke-width="5"/>'
    '<path d="M100 36c18 20 14 36 0 36s-18-16 0-36z" fill="$b"/>',
    "lantern": '<path d="M80 52a20 20 0 0 1 40 0" fill="none" stroke="$b" stroke-width="7"/>'
    '<path d="M70 52h60l10 18H60z" fill="$b"/><rect x="66" y="70" width="68" height="74" '
    'fill="$c"/><path d="M66 70v74M134 70v74M100 70v74" stroke="$a" stroke-width="8"/>'
    '<rect x="58" y="144" width="84" height="14" rx="5" fill="$b"/>',
    "lights": '<path d="M22 62q78 70 156 0" fill="none" stroke="$b" stroke-width="5"/>'
    '<circle cx="46" cy="96" r="14" fill="$a"/><circle cx="82" cy="114" r="14" fill="$c"/>'
    '<circle cx="118" cy="114" r="14" fill="$a"/><circle cx="154" cy="96" r="14" fill="$c"/>',
    "notebook": '<rect x="58" y="40" width="90" height="120" rx="8" fill="$a"/>'
    '<rect x="78" y="62" width="50" height="28" rx="4" fill="$c"/>'
    '<path d="M50 58h18M50 82h18M50 106h18M50 130h18" stroke="$b" stroke-width="7" '
    'stroke-linecap="round"/>',
    "pen": '<path d="M132 34l34 34-78 78-34-34z" fill="$a"/><path d="M54 112l34 34-50 18z" '
    'fill="$c"/><path d="M38 164l24-24" stroke="$b" stroke-width="5"/>'
    '<path d="M118 48l34 34" stroke="$b" stroke-width="8"/>',
    "organiser": '<path d="M74 40v70M92 52v58M132 34v76" stroke="$b" stroke-width="9" '
    'stroke-linecap="round"/><rect x="44" y="92" width="112" height="62" rx="6" fill="$a"/>'
    '<path d="M82 92v62M118 92v62" stroke="$c" stroke-width="5"/>',
    "clock": '<circle cx="100" cy="100" r="62" fill="$a"/><circle cx="100" cy="100" r="50" '
    'fill="$c"/><path d="M100 66v34l24 16" fill="none" stroke="$b" stroke-width="8" '
    'stroke-linecap="round"/>',
    "cushion": '<path d="M46 46q54 16 108 0q-16 54 0 108q-54-16-108 0q16-54 0-108z" fill="$a"/>'
    '<path d="M70 70q30 8 60 0q-8 30 0 60q-30-8-60 0q8-30 0-60z" fill="$c"/>'
    '<circle cx="100" cy="100" r="7" fill="$b"/>',
    "blanket": '<rect x="40" y="64" width="120" height="30" rx="14" fill="$c"/>'
    '<rect x="40" y="90" width="120" height="30" rx="14" fill="$a"/>'
    '<rect x="40" y="116" width="120" height="30" rx="14" fill="$b"/>'
    '<path d="M52 146v14M70 146v14M88 146v14M106 146v14M124 146v14M144 146v14" stroke="$b" '
    'stroke-width="5"/>',
    "vase": '<path d="M92 100V40" stroke="$b" stroke-width="5"/><circle cx="92" cy="38" r="16" '
    'fill="$c"/><circle cx="92" cy="38" r="6" fill="$b"/>'
    '<path d="M84 84h24v22c22 12 26 30 16 50H68c-10-20-6-38 16-50z" fill="$a"/>',
    "mirror": '<path d="M100 46V26" stroke="$b" stroke-width="5"/><circle cx="100" cy="106" r="58" '
    'fill="$b"/><circle cx="100" cy="106" r="49" fill="$c"/>'
    '<path d="M74 112l34-38M92 128l36-40" stroke="$a" stroke-width="7" stroke-linecap="round"/>',
    "plant": '<path d="M100 104c-4-44-40-48-48-50c2 34 20 50 48 50zm0 0c4-56 40-62 48-64c0 42-18 '
    '64-48 64z" fill="hsl(140,38%,38%)"/><path d="M60 104h80l-10 54H70z" fill="$a"/>'
    '<rect x="54" y="100" width="92" height="16" rx="5" fill="$c"/>',
    "bottle": '<rect x="84" y="30" width="32" height="20" rx="5" fill="$b"/>'
    '<path d="M84 50h32c16 12 18 20 18 36v62a14 14 0 0 1-14 14H80a14 14 0 0 1-14-14V86c0-16 2-24 '
    '18-36z" fill="$a"/><rect x="66" y="100" width="68" height="26" fill="$c"/>',
    "backpack": '<path d="M80 56a20 22 0 0 1 40 0" fill="none" stroke="$b" stroke-width="8"/>'
    '<path d="M54 92a46 44 0 0 1 92 0v56a12 12 0 0 1-12 12H66a12 12 0 0 1-12-12z" fill="$a"/>'
    '<rect x="70" y="108" width="60" height="36" rx="8" fill="$c"/>'
    '<path d="M70 122h60" stroke="$b" stroke-width="5"/>',
    "hammock": '<path d="M34 40v122M166 40v122" stroke="$b" stroke-width="10" '
    'stroke-linecap="round"/><path d="M34 62q66 108 132 0q-20 90-66 90t-66-90z" fill="$a"/>'
    '<path d="M58 98q42 50 84 0" fill="none" stroke="$c" stroke-width="6"/>',
    "basket": '<path d="M58 96a42 52 0 0 1 84 0" fill="none" stroke="$b" stroke-width="9"/>'
    '<path d="M40 94h120l-12 62H52z" fill="$a"/><path d="M46 114h108M50 134h100M76 96l4 60M100 '
    '96v60M124 96l-4 60" stroke="$c" stroke-width="4"/>',
    "kite": '<path d="M100 28l48 58-48 56-48-56z" fill="$a"/><path d="M100 28v114M52 86h96" '
    'stroke="$c" stroke-width="5"/><path d="M100 142q-26 14-6 26t-10 20" fill="none" stroke="$b" '
    'stroke-width="5"/>',
}
