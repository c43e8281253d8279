package throwaway

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
)

// schemas numbers the schemas of this process.
var schemas atomic.Int64

// Schema makes an empty schema in the Postgres at an address, for a test that
// shares the server with others, and returns the address of the schema.
func Schema(ctx context.Context, address string) (string, error) {
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	db, err := sql.Open("pgx", address)
	if err != nil {
		return "", err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "CREATE SCHEMA "+name); err != nil {
		return "", err
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + "search_path=" + name, nil
}
