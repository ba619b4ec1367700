package heapcraft.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers as the tables show them: three digits, whatever their size.
final class Figures {

    /// Where nothing was measured.
    static final String NONE = "-";

    private Figures() { }

    static String of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : NONE;
    }

    static String of(double value) {
        return Double.isInfinite(value) ? "∞"
                : new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }

    /// Bytes in megabytes: a figure about whole pages and a whole process deserves no more digits.
    static String megabytes(OptionalDouble bytes) {
        return bytes.isPresent()
                ? String.format(Locale.ROOT, "%.1f", bytes.getAsDouble() / 1e6) : NONE;
    }

    static String ratio(OptionalDouble of, double to) {
        return of.isPresent() && to > 0
                ? String.format(Locale.ROOT, "%.2f", of.getAsDouble() / to) : NONE;
    }
}
