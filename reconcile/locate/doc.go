// Package locate names the figure that is wrong. A net of linear relations over
// exact figures goes in; an explanation comes out. It never changes a figure,
// and it knows nothing of documents.
//
// # Method
//
// A record whose relations are broken is explained by the smallest sets of
// figures that can be changed so that every relation holds, the holding ones
// included (Fellegi and Holt 1976). The net falls into parts that share no
// figure. In a part the search takes a broken relation, tries each of its
// figures, and goes on with a condition that is then still unmet: another
// broken relation, or what is left of the relations when the chosen figures are
// eliminated from them, which is an implied edit of Fellegi and Holt. Equalities
// are solved by the elimination of Gauss and Jordan, inequalities and tolerances
// by that of Fourier and Motzkin, all in exact rational numbers. The size of the
// sets rises from one, with broken relations that share no figure as a lower
// bound, so that all smallest sets are found and each once. Within Limits the
// answer is exact; beyond them the Cause says how many figures differ at least.
//
// A smallest set of several figures is split into causes where its members are
// determined without each other and every combination of their alternatives
// explains as well: those are independent errors.
//
// A part with more errors than are tried as one set is taken apart: the broken
// relations of few figures fall into clusters that share no figure, each is
// searched alone among the relations that hold around it, and the totals must
// agree with all answers together.
//
// Each change is then compared with the slips that people and programs make
// (Scholtus 2008, 2009), on the text as sent. A component with the wrong sign
// has class Sign. A swap of digits is claimed because the digits show it, never
// because 9 divides the difference. Slips of several figures at once (two
// exchanged, a row copied, one component left out of several totals) are rivals
// of a single figure that explains as much.
//
// # False alarms
//
// How often unrelated figures of 3 to 9 digits look like a slip, in percent, by
// how they are unrelated: another figure of as many digits, another figure of
// any length, a difference whose number of digits is drawn at random.
//
//	class               digits   any  difference
//	sign                 0.000  0.000  0.000
//	factor_of_ten        0.000  0.001  0.000
//	digit_dropped        0.000  0.059  0.005
//	digit_added          0.000  0.007  0.001
//	transposed_digits    0.033  0.005  0.295
//	rounding             0.000  0.000  0.000
//	digit_replaced       0.489  0.056 10.492
//
// Rounding shows where digits behind the point are gone, which these whole numbers
// have not. Rounding to tens, hundreds or thousands is claimed only where more than
// half of the net's other figures are no multiples of that unit: round figures
// are round by nature where most are.
//
// Digits exchanged are claimed of fewer than 0.1 % of unrelated figures; of
// errors that are small beside the figure, as in the last column, they are claimed
// of more, and there they decide nothing between rivals (see below).
//
// Copied figures and components that fit by chance came to less than 0.1 % in
// schedules of 12 rows. The rates give the order of trust: swapped_figures, sign,
// factor_of_ten, transposed_digits, stale, component_omitted and
// component_doubled, copied_figure, digit_dropped, digit_added, rounding,
// digit_replaced. Digits dropped and added stand lower than their rates because
// a zero lost in front is an exchange of digits more often. Two figures exchanged
// of which one is 0, or both have fewer than three digits, fit by chance: they
// come last. A figure with more decimals than it may have comes first, and what
// would give another too many comes last.
//
// # When a figure is located
//
// Located means that the answer can be relied on, so it takes more than one
// candidate left:
//   - A figure that no slip explains needs two broken equalities, or all other
//     figures known to be right. One equality alone may be the last that was
//     kept, as when a payment was not carried into the balances after it.
//   - Of several candidates the first is located only when its slip is digits
//     exchanged, a sign, a factor of ten or two figures exchanged, when fewer
//     than one in 10 000 errors of that size look like it by chance, and when no
//     rival has a slip at all.
//   - The same holds against what only an inequality excludes, since a second
//     error can break an inequality.
//   - Two figures with a difference of less than ten units of the last place in
//     common, equal by copying, or exchanged beside a recognised slip, are
//     preferred to no single figure without a slip that its digits prove.
//   - In an explanation of several figures, one that changes by the difference
//     of two others may hide an exchange; then only digits prove the rest.
//
// With one error planted in 55 000 clean documents nothing was wrongly located.
// With two errors in contracts of 13 figures, where the net is thin, 2 to 3 in
// 10 000 were; in schedules none of 11 000. The tests repeat the measurement.
//
// # References
//
// I. P. Fellegi and D. Holt, A systematic approach to automatic edit and
// imputation, Journal of the American Statistical Association 71, 1976.
// S. Scholtus, Algorithms for correcting some obvious inconsistencies and
// rounding errors in business survey data, Statistics Netherlands, 2008.
// S. Scholtus, Automatic correction of simple typing errors in numerical data
// with balance edits, Statistics Netherlands, 2009.
package locate
