//! How many pages a document has.

/// Reads the number of pages that the document says of itself in its description (XMP, `xmpTPg:NPages`), which is
/// never compressed.
pub(in crate::outputs::download) fn pages(pdf: &[u8]) -> Option<u32> {
    const NAME: &[u8] = b"<xmpTPg:NPages>";
    let at = pdf.windows(NAME.len()).rposition(|window| window == NAME)? + NAME.len();
    let digits: Vec<u8> = pdf
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(u8::is_ascii_digit)
        .collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}
