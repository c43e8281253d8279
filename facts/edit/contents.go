package edit

// Contents are the files with their changes, by path.
func (f *Files) Contents() map[string][]byte {
	out := make(map[string][]byte, len(f.files))
	for _, file := range f.files {
		out[file.path] = []byte(file.now)
	}
	return out
}
