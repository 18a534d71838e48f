"""The LaTeX commands and environments that come out right in Anki (MathJax 3) and on paper (ziamath) alike.

MathJax's packages base, ams, boldsymbol, braket, cancel, color and upgreek, less what latex2mathml or ziamath
cannot read or draw, less what defines commands, sets links or styles, or numbers equations.
"""

from __future__ import annotations

#: Names without the backslash.
_COMMANDS_NAMES = """
And Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Box Bumpeq Cap Cup Delta Diamond Doteq Downarrow Finv
Game Gamma Huge Im Join LARGE Lambda Large Leftarrow Leftrightarrow Lleftarrow Longleftarrow
Longleftrightarrow Longrightarrow Lsh Omega Phi Pi Pr Psi Re Rightarrow Rrightarrow Rsh S Sigma Subset
Supset Theta Tiny Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi acute aleph alpha amalg angle approx
approxeq arccos arcsin arctan arg ast asymp atop backepsilon backprime backsim backsimeq backslash bar
barwedge bcancel because begin beta beth between big bigcap bigcirc bigcup bigg biggl biggm biggr bigl
bigm bigodot bigoplus bigotimes bigr bigsqcup bigstar bigtriangledown bigtriangleup biguplus bigvee
bigwedge binom blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft
blacktriangleright bmod boldsymbol bot bowtie boxdot boxed boxminus boxplus boxtimes bra braket breve
bullet bumpeq cancel cap cdot cdotp cdots centerdot cfrac check checkmark chi choose circ circeq
circlearrowleft circlearrowright circledR circledS circledast circledcirc circleddash clubsuit colon color
complement cong coprod cos cosh cot coth csc cup curlyeqprec curlyeqsucc curlyvee curlywedge
curvearrowleft curvearrowright dagger daleth dashleftarrow dashrightarrow dashv dbinom ddagger ddddot
dddot ddot ddots deg delta det dfrac diagdown diagup diamond diamondsuit digamma dim displaystyle div
divideontimes dot doteq doteqdot dotplus dots dotsb dotsc dotsi dotsm dotso doublebarwedge downarrow
downdownarrows downharpoonleft downharpoonright ell emptyset end enspace epsilon eqcirc eqsim eqslantgtr
eqslantless equiv eta eth exists exp fallingdotseq fbox flat forall frac frown gamma gcd ge geq geqq
geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless
gtrless gtrsim gvertneqq hat hbar hbox heartsuit hom hookleftarrow hookrightarrow hphantom hslash hspace
huge idotsint iff iiiint iiint iint imath impliedby implies in inf infty injlim int intercal intop iota
jmath kappa ker kern ket lVert lambda land langle large lbrace lbrack lceil ldotp ldots le leadsto left
leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows leftrightarrow leftrightarrows
leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr
lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd lim liminf limits limsup ll llcorner lll llless lmoustache
ln lnapprox lneq lneqq lnot lnsim log longleftarrow longleftrightarrow longmapsto longrightarrow
looparrowleft looparrowright lor lozenge lrcorner lt ltimes lvert lvertneqq maltese mapsto mathbb mathbf
mathbfcal mathbffrak mathbfit mathbfscr mathbfsf mathbfsfit mathbfsfup mathbfup mathcal mathfrak mathit
mathnormal mathring mathrm mathscr mathsf mathsfit mathsfup mathstrut mathtt mathup max mbox measuredangle
mho mid middle min mkern mod models mp mu multimap nLeftarrow nLeftrightarrow nRightarrow nVDash nVdash
nabla natural ncong ne nearrow neg negmedspace negthickspace negthinspace neq nexists ngeq ngeqq ngeqslant
ngtr ni nleftarrow nleftrightarrow nleq nleqslant nless nmid nobreakspace nolimits nonumber normalsize
notag notin nparallel nprec npreceq nrightarrow nshortmid nshortparallel nsim nsubseteq nsubseteqq nsucc
nsucceq nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvDash nvdash nwarrow
odot oint omega omicron ominus operatorname oplus oslash otimes over overbrace overleftarrow
overleftrightarrow overline overparen overrightarrow overset owns parallel partial perp phantom phi pi
pitchfork pm pmb pmod prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime prod
projlim propto psi qquad quad rVert rangle rbrace rbrack rceil restriction rfloor rgroup rhd rho right
rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons
rightrightarrows rightsquigarrow rightthreetimes risingdotseq rmoustache rtimes rvert scriptscriptstyle
scriptsize scriptstyle searrow sec setminus sharp shortmid sigma sim simeq sin sinh small smallfrown
smallint smallsetminus smallsmile smash smile space spadesuit sphericalangle sqcap sqcup sqrt sqsubset
sqsubseteq sqsupset sqsupseteq square stackrel star strut subset subseteq subseteqq subsetneq subsetneqq
substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup supset supseteq
supseteqq supsetneq supsetneqq surd swarrow tan tanh tau tbinom text textbf textcolor textit textnormal
textrm textsf textstyle texttt textup tfrac therefore theta thickapprox thicksim thinspace tilde times
tiny to top triangle triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq
twoheadleftarrow twoheadrightarrow ulcorner underbrace underleftarrow underleftrightarrow underline
underparen underrightarrow underset unlhd unrhd upalpha uparrow upbeta upchi updelta updownarrow upepsilon
upeta upgamma upharpoonleft upharpoonright upiota upkappa uplambda uplus upmu upnu upomega upomicron upphi
uppi uppsi uprho upsigma upsilon uptau uptheta upuparrows upupsilon upvarepsilon upvarphi upvarpi upvarrho
upvarsigma upvartheta upxi upzeta urcorner vDash varDelta varGamma varLambda varOmega varPhi varPi varPsi
varSigma varTheta varUpsilon varXi varepsilon varinjlim varkappa varliminf varlimsup varnothing varphi
varpi varprojlim varpropto varrho varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta
vartriangle vartriangleleft vartriangleright vcenter vdash vdots vec vee veebar vert vphantom wedge
widehat widetilde wp wr xcancel xi xleftarrow xrightarrow yen zeta
"""
COMMANDS = frozenset(_COMMANDS_NAMES.split())

#: Backslash and one character.
SYMBOLS = frozenset(" \n\t!#$%&,:;>\\_{|}")

_ENVIRONMENTS_NAMES = """
Bmatrix Vmatrix align align* aligned array bmatrix cases gather gather* gathered matrix pmatrix
smallmatrix split vmatrix
"""
ENVIRONMENTS = frozenset(_ENVIRONMENTS_NAMES.split())
