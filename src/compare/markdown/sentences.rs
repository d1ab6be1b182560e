//! Numbers in words, for both reports.

use crate::compare::Comparison;

/// What is otherwise, each with its number; what is not so is left out.
pub(in crate::compare) fn summary(report: &Comparison) -> Vec<String> {
    let lasting = |moved: &[super::Moved]| moved.iter().filter(|page| page.redirect.is_none()).count();
    let nowhere = lasting(&report.gone) + lasting(&report.moved);
    let counts = [
        (report.leaks.len(), "thing shown too early", "things shown too early"),
        (report.added.len(), "new page", "new pages"),
        (report.gone.len(), "page gone", "pages gone"),
        (report.moved.len(), "page moved", "pages moved"),
        (nowhere, "old address that leads nowhere", "old addresses that lead nowhere"),
        (report.changed.len(), "page changed", "pages changed"),
        (report.around.len(), "page with other surroundings", "pages with other surroundings"),
        (report.broken.len(), "newly broken link", "newly broken links"),
        (report.faults.len(), "other new fault", "other new faults"),
        (report.mended, "fault mended", "faults mended"),
        (report.terms.len(), "tag with more pages or fewer", "tags with more pages or fewer"),
    ];
    counts.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(*number, one, many)).collect()
}

/// `1 page`, `2 pages`.
pub(in crate::compare) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `12.3 kB`, in thousands.
pub(in crate::compare) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// `12.3 kB → 14.0 kB`.
pub(in crate::compare) fn size_change(before: u64, now: u64) -> String {
    if before == now { bytes(now) } else { format!("{} → {}", bytes(before), bytes(now)) }
}
