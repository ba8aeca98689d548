def test_x(open_window, staff):
    from clerk import name_of
    from PySide6.QtWidgets import QApplication
    from PySide6.QtCore import Qt
    c=open_window(); c.sign_in(staff["mhale"]); c.press("Walk-in self-referral")
    f=QApplication.focusWidget(); print("FOCUS", f, f and name_of(f))
    out=[]
    for i in range(24):
            f=QApplication.focusWidget(); out.append(f and name_of(f))
            c._qtbot.keyClick(f or c.top, Qt.Key.Key_Tab)
    print(out)
def test_save(open_window, staff, printer, tmp_path):
    c=open_window(); c.sign_in(staff["mhale"]); 
    import walk_in
    walk_in.begin(c,"Information only") if 0 else walk_in.take(c)
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    def see():
        d=QApplication.activeModalWidget()
        try:
            c.write("File name", str(tmp_path/"a.pdf")); print(c.find("Save"), c.controls("Save"), c.find("File name").text(), d.selectedFiles()); c._space(c.find("Save")); print(d.isVisible(), (tmp_path/"a.pdf").exists())
        finally:
          if d.isVisible(): d.reject()
    QTimer.singleShot(3000,see)
    c.say("Save PDF"); print([x for x in c.page()[-60:] if 'ave' in x], list(tmp_path.glob("*")))
