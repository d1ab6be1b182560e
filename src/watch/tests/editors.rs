//! Each way in which editors save is one change, of the page alone.

use std::fs;

use super::changes::Library;

const PAGE: &str = "content/guides/a.md";

/// Saves three times, the last time with the same length; each save must be told once.
fn each_save_is_told_once(save: impl Fn(&Library, &str)) {
    let library = Library::new();
    let mut told = library.watch();
    for text in ["first", "the second", "as long as"] {
        save(&library, text);
        told.is(&[PAGE]);
        assert_eq!(fs::read_to_string(library.path(PAGE)).unwrap(), text);
    }
    told.nothing_more(&library);
}

#[test]
fn in_place() {
    each_save_is_told_once(|library, text| library.write(PAGE, text));
}

/// VS Code: the file is emptied and written in pieces.
#[test]
fn in_place_in_pieces() {
    use std::io::Write;
    each_save_is_told_once(|library, text| {
        let mut file = fs::File::create(library.path(PAGE)).unwrap();
        for byte in text.as_bytes() {
            file.write_all(&[*byte]).unwrap();
            file.flush().unwrap();
        }
        file.sync_all().unwrap();
    });
}

/// Vim: a trial file, the old text put away, the new one written, its rights put back, the old text deleted.
#[test]
fn with_the_old_file_put_away() {
    each_save_is_told_once(|library, text| {
        let page = library.path(PAGE);
        let (trial, away) = (page.with_file_name("4913"), page.with_file_name("a.md~"));
        library.write("content/guides/.a.md.swp", text);
        fs::write(&trial, "").unwrap();
        fs::remove_file(&trial).unwrap();
        let rights = fs::metadata(&page).unwrap().permissions();
        fs::rename(&page, &away).unwrap();
        fs::write(&page, text).unwrap();
        fs::set_permissions(&page, rights).unwrap();
        fs::remove_file(&away).unwrap();
    });
}

/// GLib, so gedit and GNOME Text Editor: a hidden file that takes the page's place.
#[test]
fn with_a_hidden_file_renamed() {
    each_save_is_told_once(|library, text| {
        let passing = library.path("content/guides/.goutputstream-X1Y2Z3");
        fs::write(&passing, text).unwrap();
        fs::rename(&passing, library.path(PAGE)).unwrap();
    });
}

/// Qt's save file, so Kate and Qt Creator; `sed -i` and many scripts: a name like any other, renamed.
#[test]
fn with_any_file_renamed() {
    each_save_is_told_once(|library, text| {
        let passing = library.path("content/guides/a.md.kQwErT");
        fs::write(&passing, text).unwrap();
        fs::rename(&passing, library.path(PAGE)).unwrap();
    });
}

/// JetBrains: one file for the new text and one for the old.
#[test]
fn with_two_files_renamed() {
    each_save_is_told_once(|library, text| {
        let page = library.path(PAGE);
        let (new, old) = (page.with_file_name("a.md___jb_tmp___"), page.with_file_name("a.md___jb_old___"));
        fs::write(&new, text).unwrap();
        fs::rename(&page, &old).unwrap();
        fs::rename(&new, &page).unwrap();
        fs::remove_file(&old).unwrap();
    });
}

/// Emacs: a link as a lock, and now and then its own copy of the text.
#[cfg(unix)]
#[test]
fn with_a_lock_beside_it() {
    each_save_is_told_once(|library, text| {
        let page = library.path(PAGE);
        let (lock, copy) = (page.with_file_name(".#a.md"), page.with_file_name("#a.md#"));
        std::os::unix::fs::symlink("somebody@somewhere.1", &lock).unwrap();
        fs::write(&copy, text).unwrap();
        fs::write(&page, text).unwrap();
        fs::remove_file(&copy).unwrap();
        fs::remove_file(&lock).unwrap();
    });
}

#[test]
fn rights_that_change_nothing_and_links_to_a_page_are_no_change() {
    let library = Library::new();
    let mut told = library.watch();
    let page = library.path(PAGE);
    let rights = fs::metadata(&page).unwrap().permissions();
    fs::set_permissions(&page, rights).unwrap();
    fs::hard_link(&page, library.path("public/carried.md")).unwrap();
    fs::remove_file(library.path("public/carried.md")).unwrap();
    told.nothing_more(&library);
}
