package heapcraft.bench;

/// What one subject may take, in times of another's.
///
/// @param measured whose time is judged
/// @param against  whose time is the measure
/// @param limit    the largest ratio that meets the goal
/// @param paired   whether the ratio is the median over the rounds' own ratios; otherwise it is
///                 the ratio of the minima of all slices
record Goal(Subject measured, Subject against, double limit, boolean paired) {

    Goal(Subject measured, Subject against, double limit) {
        this(measured, against, limit, false);
    }
}
