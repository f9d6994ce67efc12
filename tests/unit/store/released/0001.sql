BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE runs (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	experiment VARCHAR(64) NOT NULL, 
	version VARCHAR(32) NOT NULL, 
	config JSON NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	made_here BOOLEAN NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	ended_at DOUBLE, 
	kept_at DOUBLE NOT NULL, 
	epochs INTEGER NOT NULL, 
	train_s DOUBLE NOT NULL, 
	metrics JSON NOT NULL, 
	file VARCHAR(64), 
	bytes BIGINT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "runs" VALUES(1,'kept in a release','count','0.4.0','{"units": 8, "rate": 0.5, "cell": "lstm", "fast": true}','ada','finished',1,1800000000.0,1800000000.0,1800000000.0,2,0.04,'{"loss": 0.25, "accuracy": 0.75}','ad436d22927a5b4e1260a8404f2304a4dc6cd83343f6b89692c45b2cd435a0d6',1663);
CREATE TABLE secrets (
	name VARCHAR(32) NOT NULL, 
	value BLOB NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE work (
	visitor VARCHAR(64) NOT NULL, 
	run INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	pinned BOOLEAN NOT NULL, 
	asked_at DOUBLE NOT NULL, 
	PRIMARY KEY (visitor, run), 
	FOREIGN KEY(run) REFERENCES runs (number) ON DELETE CASCADE
);
INSERT INTO "work" VALUES('ada',1,'le bon',1,1800000000.0);
CREATE INDEX ix_runs_file ON runs (file);
CREATE INDEX ix_work_run ON work (run);
COMMIT;
