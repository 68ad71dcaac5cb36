package io.github.nmf4j.api;

import java.util.Arrays;

/**
 * A separable convex function of a block of vectors that touches the objective at the current point and bounds it elsewhere.
 *
 * <p>For every entry h, with h̄ its current value and r = h/h̄,
 *
 * <pre>  φ(h) = ½q·h² + l·h − c·log h + u·h̄·p_{b+1}(r) − v·h̄·p_{1−a}(r),   p_s(r) = (r^s − 1)/s,  p_0 = log r;   q, c, u, v ≥ 0</pre>
 *
 * Losses and penalties <em>add</em> coefficients to the planes q ({@link #quadratic}), l ({@link #linear}) and c
 * ({@link #log}); u and v belong to losses whose growth b or decay a is neither 0 nor 1 and are written by {@link #addLoss}.
 * A plane exists once someone asks for it and costs nothing before. φ′ has at most one positive root (Descartes' rule of
 * signs), so φ has one minimizer within bounds.
 *
 * <p>A block holds {@link #count()} vectors. Each plane is one array a component, entries 0 … count − 1, so that loops over
 * them vectorise; position j of a block is vector {@link #vector vector(j)} of the factor. Blocks are reused: nothing read
 * from one may be kept. Not thread-safe.
 *
 * <p>Source of the method: Hunter &amp; Lange (2004), American Statistician 58(1), 30–37; of the power terms: Févotte &amp;
 * Idier (2011), Neural Computation 23(9), 2421–2456.
 */
public final class Surrogate {
    private static final int SCRATCH = 9;

    private final int rank;
    private final int capacity;
    private final double growth;
    private final double decay;
    private final double givenFloor;
    private double floor;
    private final double[][] at;
    private final Plane linear;
    private final Plane quadratic;
    private final Plane log;
    private final Plane rising;
    private final Plane falling;
    private final Plane lower;
    private final Plane upper;
    private final double[][] scratch = new double[SCRATCH][];
    private final double[] bend;
    private int first;
    private int count;
    private int[] gathered;
    private boolean rebasedAboveFloor;
    private TiedRoots tied;
    private Surrogate blank;

    /**
     * An empty block.
     *
     * @param rank components
     * @param capacity the most vectors it will hold
     * @param growth {@link Loss#growth()}
     * @param decay {@link Loss#decay()}
     * @param floor lower bound of every entry that no constraint raises, &gt; 0
     */
    public Surrogate(int rank, int capacity, double growth, double decay, double floor) {
        this(rank, capacity, growth, decay, floor, new double[rank][capacity]);
    }

    private Surrogate(int rank, int capacity, double growth, double decay, double floor, double[][] at) {
        this.rank = rank;
        this.capacity = capacity;
        this.growth = growth;
        this.decay = decay;
        this.givenFloor = floor;
        this.floor = floor;
        this.at = at;
        linear = new Plane(0.0);
        quadratic = new Plane(0.0);
        log = new Plane(0.0);
        rising = new Plane(0.0);
        falling = new Plane(0.0);
        lower = new Plane(floor);
        upper = new Plane(Double.POSITIVE_INFINITY);
        bend = new double[capacity];
    }

    /** One array a component, made and reset to its standard value when first asked for. */
    private final class Plane {
        private double standard;
        private final double[][] values = new double[rank][];
        private final boolean[] asked = new boolean[rank];

        Plane(double standard) {
            this.standard = standard;
        }

        double[] ask(int c) {
            if (!asked[c]) {
                if (values[c] == null) {
                    values[c] = new double[capacity];
                }
                Arrays.fill(values[c], 0, count, standard);
                asked[c] = true;
            }
            return values[c];
        }

        double[] orNull(int c) {
            return asked[c] ? values[c] : null;
        }

        double get(int c, int j) {
            return asked[c] ? values[c][j] : standard;
        }

        void forget() {
            Arrays.fill(asked, false);
        }
    }

    /**
     * Empties the block for consecutive vectors; the driver then fills {@link #at}.
     *
     * @param first the first vector
     * @param count how many, at most the capacity
     */
    public void begin(int first, int count) {
        this.first = first;
        this.count = count;
        this.gathered = null;
        forget();
    }

    /**
     * Empties the block for vectors picked from the factor, those of one colour; the driver then fills {@link #at}.
     *
     * @param vectors ascending vectors
     * @param from index in {@code vectors} of the first of this block
     * @param count how many, at most the capacity
     */
    public void begin(int[] vectors, int from, int count) {
        this.first = from;
        this.count = count;
        this.gathered = vectors;
        forget();
    }

    private void forget() {
        rebasedAboveFloor = false;
        floor = givenFloor;
        lower.standard = givenFloor;
        linear.forget();
        quadratic.forget();
        log.forget();
        rising.forget();
        falling.forget();
        lower.forget();
        upper.forget();
    }

    /** {@return the number of components} */
    public int rank() {
        return rank;
    }

    /** {@return the number of vectors in the block} */
    public int count() {
        return count;
    }

    /**
     * {@return which vector of the factor stands at a position of this block; ascending}
     *
     * @param j position, 0 … count − 1
     */
    public int vector(int j) {
        return gathered == null ? first + j : gathered[first + j];
    }

    /** {@return whether the block's vectors follow each other in the factor} */
    public boolean consecutive() {
        return gathered == null;
    }

    /** {@return the lower bound where no constraint raised it} */
    public double floor() {
        return floor;
    }

    /**
     * {@return the current values h̄ of a component; only read, but by the driver}
     *
     * @param c component
     */
    public double[] at(int c) {
        return at[c];
    }

    /**
     * {@return the coefficients l of h; add to them, any sign}
     *
     * @param c component
     */
    public double[] linear(int c) {
        return linear.ask(c);
    }

    /**
     * {@return the coefficients q of ½h²; add to them, never below 0}
     *
     * @param c component
     */
    public double[] quadratic(int c) {
        return quadratic.ask(c);
    }

    /**
     * {@return the coefficients c of −log h; add to them, never below 0}
     *
     * @param c component
     */
    public double[] log(int c) {
        return log.ask(c);
    }

    /**
     * {@return the lower bounds; a constraint may raise them}
     *
     * @param c component
     */
    public double[] lower(int c) {
        return lower.ask(c);
    }

    /**
     * {@return the upper bounds; a constraint may lower them}
     *
     * @param c component
     */
    public double[] upper(int c) {
        return upper.ask(c);
    }

    /**
     * {@return the lower bound of one entry}
     *
     * @param c component
     * @param j position
     */
    public double lower(int c, int j) {
        return lower.get(c, j);
    }

    /**
     * {@return the upper bound of one entry}
     *
     * @param c component
     * @param j position
     */
    public double upper(int c, int j) {
        return upper.get(c, j);
    }

    /**
     * Multiplies all bounds, the floor among them: constraints give theirs in the scale of the data.
     *
     * @param factor above 0
     */
    public void scaleBounds(double factor) {
        floor = givenFloor * factor;
        lower.standard = floor;
        for (int c = 0; c < rank; c++) {
            for (int j = 0; lower.asked[c] && j < count; j++) {
                lower.values[c][j] *= factor;
            }
            for (int j = 0; upper.asked[c] && j < count; j++) {
                upper.values[c][j] *= factor;
            }
        }
    }

    /** {@return whether any constraint asked for an upper bound} */
    public boolean hasUpper() {
        for (int c = 0; c < rank; c++) {
            if (upper.asked[c]) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return an array of at least {@link #count()} numbers for a constraint's own use, contents undefined}
     *
     * @param i which, 0 … 5
     */
    public double[] scratch(int i) {
        if (scratch[i] == null) {
            scratch[i] = new double[capacity];
        }
        return scratch[i];
    }

    /**
     * Adds the loss's part: its statistics p and n at h̄ become p·r^b and −n·r^−a in φ′.
     *
     * <p>An entry that is 0, which only a fixed one can be, takes no part.
     *
     * @param c component
     * @param positive p, an entry each, ≥ 0; or null for {@code everywhere}
     * @param everywhere p where it is the same for all vectors
     * @param negative n, an entry each, ≥ 0
     */
    public void addLoss(int c, double[] positive, double everywhere, double[] negative) {
        double[] h = at[c];
        if (growth == 0) {
            double[] l = linear.ask(c);
            for (int j = 0; j < count; j++) {
                l[j] += positive == null ? everywhere : positive[j];
            }
        } else if (growth == 1) {
            double[] q = quadratic.ask(c);
            for (int j = 0; j < count; j++) {
                q[j] += h[j] > 0 ? (positive == null ? everywhere : positive[j]) / h[j] : 0.0;
            }
        } else {
            double[] u = rising.ask(c);
            for (int j = 0; j < count; j++) {
                u[j] += positive == null ? everywhere : positive[j];
            }
        }
        if (decay == 0) {
            double[] l = linear.ask(c);
            for (int j = 0; j < count; j++) {
                l[j] -= negative[j];
            }
        } else if (decay == 1) {
            double[] k = log.ask(c);
            for (int j = 0; j < count; j++) {
                k[j] += negative[j] * h[j];
            }
        } else {
            double[] v = falling.ask(c);
            for (int j = 0; j < count; j++) {
                v[j] += negative[j];
            }
        }
    }

    /**
     * Adds weighted coefficients of another surrogate of the same block: what {@link Regularizer#times} is made of.
     *
     * @param other with the same rank and vectors; without power terms
     * @param weight one number, or one a component; ≥ 0
     */
    public void add(Surrogate other, double... weight) {
        for (int c = 0; c < rank; c++) {
            double w = weight[weight.length == 1 ? 0 : c];
            add(w, other.linear, linear, c);
            add(w, other.quadratic, quadratic, c);
            add(w, other.log, log, c);
        }
    }

    private void add(double weight, Plane from, Plane to, int c) {
        double[] source = from.orNull(c);
        if (source != null) {
            double[] sum = to.ask(c);
            for (int j = 0; j < count; j++) {
                sum[j] += weight * source[j];
            }
        }
    }

    /**
     * {@return an empty surrogate of the same block and point, sharing {@link #at}; planes start at zero} It is this block's
     * own, to be used up before the next call.
     */
    public Surrogate blank() {
        if (blank == null) {
            blank = new Surrogate(rank, capacity, 0, 1, floor, at);
        }
        blank.first = first;
        blank.count = count;
        blank.gathered = gathered;
        blank.forget();
        return blank;
    }

    /**
     * The slope φ′(h̄), which is the gradient of the objective.
     *
     * @param c component
     * @param into receives count numbers
     */
    public void slope(int c, double[] into) {
        derivative(c, at[c], into);
    }

    /**
     * The derivative φ′ at any point.
     *
     * @param c component
     * @param h where, &gt; 0, an entry each
     * @param into receives count numbers; may be {@code h}
     */
    public void derivative(int c, double[] h, double[] into) {
        for (int j = 0; j < count; j++) {
            into[j] = linear.get(c, j) + bent(c, j, h[j]);
        }
    }

    /** φ′ − l at h. */
    private double bent(int c, int j, double h) {
        double sum = quadratic.get(c, j) * h;
        double k = log.get(c, j);
        if (k != 0) {
            sum -= k / h;
        }
        double u = rising.get(c, j);
        double v = falling.get(c, j);
        if (u != 0) {
            sum += u * Math.pow(h / at[c][j], growth);
        }
        if (v != 0) {
            sum -= v * Math.pow(h / at[c][j], -decay);
        }
        return sum;
    }

    /**
     * The difference φ(h) − φ(h̄).
     *
     * @param c component
     * @param h where, &gt; 0, an entry each
     * @param into receives count numbers; may be {@code h}
     */
    public void value(int c, double[] h, double[] into) {
        for (int j = 0; j < count; j++) {
            double x = h[j];
            double x0 = at[c][j];
            double d = x - x0;
            double sum = d * (0.5 * quadratic.get(c, j) * (x + x0) + linear.get(c, j));
            double k = log.get(c, j);
            if (k != 0) {
                sum -= k * Math.log(x / x0);
            }
            sum += rising.get(c, j) == 0 ? 0 : rising.get(c, j) * x0 * power(growth + 1, x / x0);
            sum -= falling.get(c, j) == 0 ? 0 : falling.get(c, j) * x0 * power(1 - decay, x / x0);
            into[j] = sum;
        }
    }

    private static double power(double s, double r) {
        return s == 0 ? Math.log(r) : (Math.pow(r, s) - 1) / s;
    }

    /**
     * The minimizer of φ(h) + shift·h within the bounds, without cancellation.
     *
     * <p>An entry whose coefficients are all 0 (a dead component) stays where it is, or goes to its lower bound under a
     * multiplier. Where φ falls without end the result is the upper bound, infinite if there is none.
     *
     * @param c component
     * @param shift added to l, an entry each (a multiplier); null for none
     * @param into receives count minimizers
     * @param slope −d into/d shift is added, 0 where a bound holds; null if not wanted
     */
    public void minimizer(int c, double[] shift, double[] into, double[] slope) {
        double[] q = quadratic.orNull(c);
        double[] k = log.orNull(c);
        if (rising.asked[c] || falling.asked[c]) {
            rootsWithPowers(c, shift, into);
        } else if (q == null) {
            Roots.log(count, linear.orNull(c), k, shift, at[c], into, slope == null ? null : bend);
        } else if (k == null) {
            Roots.quadratic(count, q, linear.orNull(c), shift, at[c], into, bend);
        } else {
            Roots.quadraticLog(count, q, linear.orNull(c), k, shift, at[c], into, bend);
        }
        Roots.clamp(count, lower.orNull(c), floor, upper.orNull(c), into, slope, bend);
    }

    private boolean floorOnly(int c) {
        return !lower.asked[c] && !upper.asked[c];
    }

    /** {@return whether every entry is bounded by the floor alone} */
    public boolean floorOnly() {
        for (int c = 0; c < rank; c++) {
            if (!floorOnly(c)) {
                return false;
            }
        }
        return true;
    }

    private void rootsWithPowers(int c, double[] shift, double[] into) {
        for (int j = 0; j < count; j++) {
            double l = linear.get(c, j) + (shift == null ? 0.0 : shift[j]);
            double q = quadratic.get(c, j);
            double k = log.get(c, j);
            double u = rising.get(c, j);
            double v = falling.get(c, j);
            double h0 = at[c][j];
            if (h0 <= 0 || upper.get(c, j) == lower.get(c, j)) {
                into[j] = lower.get(c, j);
                bend[j] = 0.0;
                continue;
            }
            double h = PowerRoot.of(q * h0, l, k / h0, u, growth, v, decay) * h0;
            if (Double.isNaN(h)) {
                h = Roots.flat(0.0, shift, h0);
            }
            into[j] = h;
            double curve = h > 0 && h < Double.POSITIVE_INFINITY ? curvature(q, k, u, v, h0, h) : q;
            bend[j] = curve > 0 ? 1 / curve : 0.0;
        }
    }

    /**
     * Prepares the block for multipliers that make each vector sum to a given number: rewrites the linear plane so that the
     * multiplier of vector j lies in [0, width[j]].
     *
     * <p>The left end is the multiplier at which the entries can just reach the sum; subtracting it here, entry by entry,
     * keeps the digits that l + ν would lose where c ≪ l. The change adds a constant to φ on the set, so its minimizer is the
     * same.
     *
     * @param sum what the entries of a vector add up to; at least the sum of the lower bounds
     * @param width receives count right ends, ≥ 0
     */
    public void rebase(double sum, double[] width) {
        double above = sum - rank * floor;
        if (above > 0 && floorOnly() && !powers()) {
            tied().rebase(above, width, scratch(SCRATCH - 1), scratch(SCRATCH - 2), scratch(SCRATCH - 3));
            return;
        }
        for (int j = 0; j < count; j++) {
            double room = sum;
            int free = 0;
            for (int c = 0; c < rank; c++) {
                room -= lower.get(c, j);
                free += lower.get(c, j) < upper.get(c, j) ? 1 : 0;
            }
            width[j] = free == 0 || room <= 0 ? 0.0 : rebase(j, room, free);
            if (free > 0 && room <= 0) {
                close(j);
            }
        }
    }

    /** Leaves the entries of a vector no room above their lower bounds: a straight one that falls would go to infinity. */
    private void close(int j) {
        for (int c = 0; c < rank; c++) {
            upper.ask(c)[j] = lower.get(c, j);
        }
    }

    private TiedRoots tied() {
        tied = tied == null ? new TiedRoots(rank, capacity) : tied;
        boolean curved = false;
        for (int c = 0; c < rank; c++) {
            curved |= quadratic.asked[c];
        }
        for (int c = 0; c < rank; c++) {
            linear.ask(c);
            log.ask(c);
            if (curved) {
                quadratic.ask(c);
            }
        }
        tied.begin(count, floor, curved ? quadratic.values : null, linear.values, log.values);
        rebasedAboveFloor = true;
        return tied;
    }

    private boolean powers() {
        for (int c = 0; c < rank; c++) {
            if (rising.asked[c] || falling.asked[c]) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return whether the block was {@link #rebase rebased}, has no bounds but the floor and no power terms} Then sums of
     * minimizers are convex in the multiplier, {@link #start} knows where to begin and {@link #minimizers} gives curvatures.
     */
    public boolean convexSums() {
        return rebasedAboveFloor;
    }

    /**
     * Multipliers at most those that make each vector sum to a given number, and near them when the minimizer is near h̄:
     * those at which the tangents of the minimizers at h̄, which lie below them, sum to it. For {@link #convexSums}.
     *
     * @param sum what {@link #rebase} was given
     * @param width what {@link #rebase} wrote
     * @param into receives count multipliers, 0 … width
     */
    public void start(double sum, double[] width, double[] into) {
        tied.start(sum, at, width, scratch(SCRATCH - 1), into);
    }

    /**
     * The minimizers of all components under one multiplier a vector, and their sums.
     *
     * @param shift the multipliers, count numbers
     * @param into receives count minimizers a component
     * @param total receives their sums over components
     * @param slope receives −d total/d shift
     * @param curvature receives d² total/d shift² for {@link #convexSums}, otherwise nothing
     */
    public void minimizers(double[] shift, double[][] into, double[] total, double[] slope, double[] curvature) {
        if (rebasedAboveFloor) {
            tied.minimizers(shift, into, total, slope, curvature);
            return;
        }
        Arrays.fill(total, 0, count, 0.0);
        Arrays.fill(slope, 0, count, 0.0);
        for (int c = 0; c < rank; c++) {
            minimizer(c, shift, into[c], slope);
            for (int j = 0; j < count; j++) {
                total[j] += into[c][j];
            }
        }
    }

    private double rebase(int j, double room, int free) {
        int lead = leader(j, room);
        double leadLinear = linear.get(lead, j);
        double leadBent = bent(lead, j, most(lead, j, room));
        double right = 0;
        for (int c = 0; c < rank; c++) {
            if (lower.get(c, j) < upper.get(c, j)) {
                rebase(c, j, leadLinear, leadBent, room);
                right = Math.max(right, multiplierAt(c, j, lower.get(c, j) + room / free));
            }
        }
        return right;
    }

    /**
     * {@return the multiplier of one entry under which its minimizer is a given number, rounded up} At the next number below,
     * the minimizer of an entry that is straight, or nearly, may be at the other end of what bounds allow.
     *
     * @param c component
     * @param j position
     * @param h where, &gt; 0
     */
    public double multiplierAt(int c, int j, double h) {
        double l = linear.get(c, j);
        double bent = bent(c, j, h);
        return Math.ulp(l) + Math.ulp(bent) - (l + bent);
    }

    /**
     * Rewrites l of one entry for a multiplier that starts where a leading entry reaches the sum, and keeps this entry from
     * falling beyond what is left of the sum by a rounding error.
     *
     * @param c component
     * @param j position
     * @param leadLinear l of the leader
     * @param leadBent φ′ − l of the leader where it reaches the sum or its upper bound
     * @param room the sum less all lower bounds
     */
    public void rebase(int c, int j, double leadLinear, double leadBent, double room) {
        double[] l = linear.ask(c);
        double moved = (l[j] - leadLinear) - leadBent;
        if (upper.get(c, j) >= lower.get(c, j) + room) {
            moved = Math.max(moved, -bent(c, j, lower.get(c, j) + room));
        }
        l[j] = moved;
    }

    /** The greatest value an entry can take within its bounds and the sum. */
    private double most(int c, int j, double room) {
        return Math.min(upper.get(c, j), lower.get(c, j) + room);
    }

    /**
     * The entry at which the sum is reached when entries are filled in the order of their slopes at their greatest values:
     * the one of least slope, unless upper bounds keep it from taking all that is left.
     */
    private int leader(int j, double room) {
        boolean[] taken = null;
        double left = room;
        while (true) {
            int lead = -1;
            double least = 0;
            for (int c = 0; c < rank; c++) {
                boolean open = lower.get(c, j) < upper.get(c, j) && (taken == null || !taken[c]);
                if (open) {
                    double slope = linear.get(c, j) + bent(c, j, most(c, j, room));
                    if (lead < 0 || slope < least) {
                        lead = c;
                        least = slope;
                    }
                }
            }
            left -= lead < 0 ? 0.0 : Math.min(room, upper.get(lead, j) - lower.get(lead, j));
            if (left <= 0 || lead < 0) {
                return lead < 0 ? lastTaken(taken) : lead;
            }
            taken = taken == null ? new boolean[rank] : taken;
            taken[lead] = true;
        }
    }

    private static int lastTaken(boolean[] taken) {
        int last = 0;
        for (int c = 0; c < taken.length; c++) {
            last = taken[c] ? c : last;
        }
        return last;
    }

    /**
     * {@return φ′ − l of one entry}
     *
     * @param c component
     * @param j position
     * @param h where, &gt; 0
     */
    public double bend(int c, int j, double h) {
        return bent(c, j, h);
    }

    /**
     * {@return the curvature φ″ of one entry; 0 where φ is a straight line}
     *
     * @param c component
     * @param j position
     * @param h where, &gt; 0
     */
    public double curvature(int c, int j, double h) {
        return curvature(quadratic.get(c, j), log.get(c, j), rising.get(c, j), falling.get(c, j), at[c][j], h);
    }

    private double curvature(double q, double k, double u, double v, double h0, double h) {
        double sum = q;
        sum += k == 0 ? 0 : k / (h * h);
        sum += u == 0 ? 0 : u * growth * Math.pow(h / h0, growth - 1) / h0;
        sum += v == 0 ? 0 : v * decay * Math.pow(h / h0, -decay - 1) / h0;
        return sum;
    }

    /**
     * {@return l of one entry}
     *
     * @param c component
     * @param j position
     */
    public double linear(int c, int j) {
        return linear.get(c, j);
    }

    /**
     * {@return whether φ is a straight line in this entry, so that its minimizer sits at a bound}
     *
     * @param c component
     * @param j position
     */
    public boolean straight(int c, int j) {
        return quadratic.get(c, j) == 0 && log.get(c, j) == 0 && rising.get(c, j) == 0 && falling.get(c, j) == 0;
    }
}
