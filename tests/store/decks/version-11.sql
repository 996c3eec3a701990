-- A deck of schema version 11, as that version of the program wrote it: the deck of version 10, migrated.
PRAGMA application_id = 1296975181;
PRAGMA user_version = 11;
BEGIN TRANSACTION;
CREATE TABLE card (
        id TEXT NOT NULL,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        path TEXT NOT NULL,
        line INTEGER NOT NULL,
        position INTEGER NOT NULL,
        content TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        missing BOOLEAN NOT NULL,
        suspended BOOLEAN NOT NULL,
        flagged BOOLEAN NOT NULL,
        buried_until TEXT,
        repetitions INTEGER NOT NULL,
        ease INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        due TEXT,
        reviewed TEXT,
        PRIMARY KEY (id),
        CONSTRAINT card_due_reviewed CHECK ((due IS NULL) = (reviewed IS NULL))
    );
INSERT INTO "card" VALUES('formula','small','derivative','cards/small/deck.yaml',3,0,'{"id":"formula","topic":"small","kind":"derivative","content":["sin(a x^2)","x",{"a":["2","3","4","5","6","7","8","9"]},[]],"tags":["first","hard"],"lesson":null,"hints":["What stands inside?"],"target":null,"source":["cards/small/deck.yaml",3]}','1351f7ba3c1c79227bb658854fdaf1fc',0,1,0,NULL,2,260,7,0,'2026-03-18','2026-03-11');
INSERT INTO "card" VALUES('leibniz','small','steps','cards/small/deck.yaml',4,1,'{"id":"leibniz","topic":"small","kind":"steps","content":["exp(x^3)","x",{},[]],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",4]}','888d9b58f8409a616f384727b75a4e4c',0,0,1,NULL,2,260,6,1,'2026-03-23','2026-03-17');
INSERT INTO "card" VALUES('number','small','numeric','cards/small/deck.yaml',5,2,'{"id":"number","topic":"small","kind":"numeric","content":["Two and two?","4","","",{},[]],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",5]}','913a1dbfccbb951c57d550a70c4e7d15',0,0,0,NULL,0,250,0,0,NULL,NULL);
INSERT INTO "card" VALUES('option','small','choice','cards/small/deck.yaml',6,3,'{"id":"option","topic":"small","kind":"choice","content":["Which?",[["this",true,""],["that",false,"No."]]],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",6]}','d652691bb34e9ffca1d5798e79f07404',0,0,0,'2026-12-02',1,236,1,0,'2026-03-11','2026-03-10');
INSERT INTO "card" VALUES('word','small','cloze','cards/small/deck.yaml',7,4,'{"id":"word","topic":"small","kind":"cloze","content":["The {{chain}} rule.",{}],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",7]}','23d62a06812436a8a8f70b416b8c750f',0,0,1,NULL,0,250,0,0,NULL,NULL);
INSERT INTO "card" VALUES('thought','small','recall','cards/small/deck.yaml',8,5,'{"id":"thought","topic":"small","kind":"recall","content":["Say the chain rule.","Rates multiply."],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",8]}','b2fea5d31996263695a94cc2641039f2',0,0,0,NULL,0,250,1,2,'2026-03-18','2026-03-17');
INSERT INTO "card" VALUES('graph','small','backprop','cards/small/deck.yaml',9,6,'{"id":"graph","topic":"small","kind":"backprop","content":[[["u","w*x"],["L","u^2"]],"L","w",[["w","2"],["x","3"]],"",{},[]],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",9]}','655e88ff53ee43773530a26351ea8775',0,0,1,'2026-12-01',1,260,5,1,'2026-03-22','2026-03-17');
INSERT INTO "card" VALUES('gone','small','recall','cards/small/deck.yaml',10,7,'{"id":"gone","topic":"small","kind":"recall","content":["Will it go?","Yes."],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",10]}','b267f4bf5466e3f5e89b8a61e5838eeb',1,1,0,'2026-12-01',2,246,5,0,'2026-03-16','2026-03-11');
INSERT INTO "card" VALUES('put-away','small','recall','cards/small/deck.yaml',10,7,'{"id":"put-away","topic":"small","kind":"recall","content":["Is it out?","Yes."],"tags":["first"],"lesson":null,"hints":[],"target":null,"source":["cards/small/deck.yaml",10]}','e612c442c6b4cc68110d27f536e1a7f1',0,1,0,'2026-03-12',0,250,1,1,'2026-03-11','2026-03-10');
CREATE TABLE card_chain (
        card_id TEXT NOT NULL,
        links INTEGER NOT NULL,
        PRIMARY KEY (card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID;
INSERT INTO "card_chain" VALUES('formula',2);
CREATE TABLE card_tag (
        card_id TEXT NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (card_id, tag),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID;
INSERT INTO "card_tag" VALUES('formula','first');
INSERT INTO "card_tag" VALUES('gone','first');
INSERT INTO "card_tag" VALUES('graph','first');
INSERT INTO "card_tag" VALUES('leibniz','first');
INSERT INTO "card_tag" VALUES('number','first');
INSERT INTO "card_tag" VALUES('option','first');
INSERT INTO "card_tag" VALUES('put-away','first');
INSERT INTO "card_tag" VALUES('thought','first');
INSERT INTO "card_tag" VALUES('word','first');
INSERT INTO "card_tag" VALUES('formula','hard');
CREATE TABLE carrier (
        name TEXT NOT NULL,
        sent TEXT NOT NULL,
        received TEXT NOT NULL,
        PRIMARY KEY (name)
    );
INSERT INTO "carrier" VALUES('folder /home/ada/shared','23.16','{}');
CREATE TABLE deck_file (
        path TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (path)
    );
INSERT INTO "deck_file" VALUES('cards/chain-rule/one.yaml',1710072000000000000,123);
CREATE TABLE device (
        id INTEGER NOT NULL CHECK (id = 1),
        name TEXT NOT NULL,
        PRIMARY KEY (id)
    );
INSERT INTO "device" VALUES(1,'laptop');
CREATE TABLE fit (
        answers INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        weights TEXT NOT NULL,
        loss_before FLOAT NOT NULL,
        loss_after FLOAT NOT NULL,
        PRIMARY KEY (answers)
    );
INSERT INTO "fit" VALUES(1000,'2026-11-20','[0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542]',0.41,0.39);
CREATE TABLE fsrs_memory (
        card_id TEXT NOT NULL,
        stability FLOAT NOT NULL,
        difficulty FLOAT NOT NULL,
        seen TEXT NOT NULL,
        sm2_interval INTEGER NOT NULL,
        sm2_due TEXT NOT NULL,
        PRIMARY KEY (card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID;
INSERT INTO "fsrs_memory" VALUES('formula',7.315300744077,2.111214235785,'2026-03-11',6,'2026-03-17');
INSERT INTO "fsrs_memory" VALUES('gone',5.318792767488,4.752858488533,'2026-03-11',6,'2026-03-17');
INSERT INTO "fsrs_memory" VALUES('graph',4.715179069892,7.382336607836,'2026-03-17',1,'2026-03-18');
INSERT INTO "fsrs_memory" VALUES('option',1.335899762205,5.102286904192,'2026-03-10',1,'2026-03-11');
INSERT INTO "fsrs_memory" VALUES('put-away',0.246689187776,6.402115069297,'2026-03-10',1,'2026-03-11');
INSERT INTO "fsrs_memory" VALUES('thought',0.135199673056,9.197748411766,'2026-03-17',1,'2026-03-18');
CREATE TABLE mark_change (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
        mark TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        value TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID;
INSERT INTO "mark_change" VALUES(4,'01a1f7f8300070148000000000000004','','formula','suspended',1795161600000005,'1',NULL);
INSERT INTO "mark_change" VALUES(4,'01a1f7f8300070148000000000000004','','gone','suspended',1795161600000005,'1',NULL);
INSERT INTO "mark_change" VALUES(5,'01a1f82f1e8070148000000000000005','','graph','flagged',1795165200000005,'1',NULL);
INSERT INTO "mark_change" VALUES(5,'01a1f82f1e8070148000000000000005','','leibniz','flagged',1795165200000005,'1',NULL);
INSERT INTO "mark_change" VALUES(6,'01a1f82f1e8070188000000000000006','','gone','buried_until',1795165200000005,'2026-12-01',NULL);
INSERT INTO "mark_change" VALUES(6,'01a1f82f1e8070188000000000000006','','graph','buried_until',1795165200000005,'2026-12-01',NULL);
INSERT INTO "mark_change" VALUES(7,'01a1f8660d0070148000000000000007','','formula','suspended',1795168800000005,'0',1795172400000005);
INSERT INTO "mark_change" VALUES(9,'01a1f8d3ea0070148000000000000009','','option','buried_until',1795176000000005,'2026-12-02',NULL);
INSERT INTO "mark_change" VALUES(10,'00000000000070008021ceab92a0f4b8','','put-away','suspended',0,'1',NULL);
INSERT INTO "mark_change" VALUES(11,'00000000000070008b3af5132fb3654f','','word','flagged',0,'1',NULL);
INSERT INTO "mark_change" VALUES(12,'00000000000070008d6237b57414747f','','put-away','buried_until',0,'2026-03-12',NULL);
CREATE TABLE pending (
        id INTEGER NOT NULL CHECK (id = 1),
        card_id TEXT NOT NULL,
        seed INTEGER NOT NULL,
        drill BOOLEAN NOT NULL,
        hints INTEGER NOT NULL,
        attempts TEXT NOT NULL,
        spent INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    );
INSERT INTO "pending" VALUES(1,'formula',24,0,1,'[{"answer": "cos(x^2)", "verdict": "incorrect", "misconception": "outer-at-x", "links": 0}]',0);
CREATE TABLE reset (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
        reset_at INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        before_repetitions INTEGER NOT NULL,
        before_ease INTEGER NOT NULL,
        before_interval INTEGER NOT NULL,
        before_lapses INTEGER NOT NULL,
        before_due TEXT,
        before_reviewed TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID;
INSERT INTO "reset" VALUES(1,'019cdbb7c5e070048000000000000001','','graph',1773212780000000,'2026-03-11',0,250,1,1,'2026-03-12','2026-03-11',1773212780000000);
INSERT INTO "reset" VALUES(1,'019cdbb7c5e070048000000000000001','','word',1773212780000000,'2026-03-11',1,260,1,0,'2026-03-11','2026-03-10',1773212780000000);
INSERT INTO "reset" VALUES(2,'019cdbb7c5e070088000000000000002','','number',1773212780000000,'2026-03-11',1,250,1,0,'2026-03-11','2026-03-10',NULL);
INSERT INTO "reset" VALUES(3,'019cdbb7c5e0700c8000000000000003','','word',1773212780000000,'2026-03-11',1,260,1,0,'2026-03-11','2026-03-10',NULL);
INSERT INTO "reset" VALUES(8,'01a1f8660d0070188000000000000008','','leibniz',1795158000000005,'2026-11-20',2,260,6,1,'2026-03-23','2026-03-17',1795172400000005);
CREATE TABLE review (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        drill BOOLEAN NOT NULL,
        asked_as_drill BOOLEAN NOT NULL,
        practice BOOLEAN NOT NULL,
        fuzzed BOOLEAN NOT NULL,
        seed INTEGER NOT NULL,
        answer TEXT NOT NULL,
        verdict TEXT,
        misconception TEXT,
        proposed INTEGER,
        quality INTEGER NOT NULL,
        hints INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        before_repetitions INTEGER NOT NULL,
        before_ease INTEGER NOT NULL,
        before_interval INTEGER NOT NULL,
        before_lapses INTEGER NOT NULL,
        before_due TEXT,
        before_reviewed TEXT,
        after_repetitions INTEGER NOT NULL,
        after_ease INTEGER NOT NULL,
        after_interval INTEGER NOT NULL,
        after_lapses INTEGER NOT NULL,
        after_due TEXT,
        after_reviewed TEXT,
        undone_at INTEGER, answers TEXT, exercise TEXT, fields TEXT,
        PRIMARY KEY (number),
        CONSTRAINT review_quality CHECK (quality BETWEEN 0 AND 5),
        FOREIGN KEY(card_id) REFERENCES card (id)
    );
INSERT INTO "review" VALUES(1,'019cd68beba070008000001000000001','','formula',1773126020000000,0,'2026-03-10',0,0,0,0,1,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,0,0,NULL,NULL,1,260,1,0,'2026-03-11','2026-03-10',NULL,NULL,'{"kind":"derivative","f":"sin(7*x^2)","by":"x"}',NULL);
INSERT INTO "review" VALUES(2,'019cd68c39c070008000002000000002','','leibniz',1773126040000000,0,'2026-03-10',0,0,0,0,2,'π√x','undecided','missing-inner-derivative',NULL,1,0,2,20000000,0,250,0,0,NULL,NULL,0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,'{"kind":"steps","f":"exp(x^3)","by":"x"}',NULL);
INSERT INTO "review" VALUES(3,'019cd68c87e070008000003000000003','','number',1773126060000000,0,'2026-03-10',0,0,0,0,3,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,0,0,NULL,NULL,1,250,1,0,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(4,'019cd68cd60070008000004000000004','','option',1773126080000000,0,'2026-03-10',0,0,0,0,4,'2x cos(x^2)','correct',NULL,5,3,0,1,20000000,0,250,0,0,NULL,NULL,1,236,1,0,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(5,'019cd68d242070008000005000000005','','word',1773126100000000,0,'2026-03-10',0,0,0,0,5,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,0,0,NULL,NULL,1,260,1,0,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(6,'019cd68d724070008000006000000006','','thought',1773126120000000,0,'2026-03-10',0,0,0,0,6,'π√x','undecided','missing-inner-derivative',NULL,2,0,2,20000000,0,250,0,0,NULL,NULL,0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(7,'019cd68dc06070008000007000000007','','graph',1773126140000000,0,'2026-03-10',0,0,0,0,7,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,0,0,NULL,NULL,1,250,1,0,'2026-03-11','2026-03-10',NULL,NULL,'{"kind":"backprop","f":"L","by":"w","at":[["w","2"],["x","3"]],"graph":[["u","w*x"],["L","u^2"]]}',NULL);
INSERT INTO "review" VALUES(8,'019cd68e0e8070008000008000000008','','gone',1773126160000000,0,'2026-03-10',0,0,0,0,8,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,0,0,NULL,NULL,1,260,1,0,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(9,'019cd68e5ca070008000009000000009','','put-away',1773126180000000,0,'2026-03-10',0,0,0,0,9,'π√x','undecided','missing-inner-derivative',NULL,0,0,2,20000000,0,250,0,0,NULL,NULL,0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(10,'019cd68eaac07000800000a00000000a','','leibniz',1773126200000000,0,'2026-03-10',1,1,0,0,10,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,'{"kind":"steps","f":"exp(x^3)","by":"x"}',NULL);
INSERT INTO "review" VALUES(11,'019cd68ef8e07000800000b00000000b','','option',1773126220000000,0,'2026-03-10',1,1,0,0,11,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,1,236,1,0,'2026-03-11','2026-03-10',1,236,1,0,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(12,'019cd68f47007000800000c00000000c','','thought',1773126240000000,0,'2026-03-10',1,1,0,0,12,'2x cos(x^2)','correct',NULL,5,3,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(13,'019cd68f95207000800000d00000000d','','put-away',1773126260000000,0,'2026-03-10',1,1,0,0,13,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',0,250,1,1,'2026-03-11','2026-03-10',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(14,'019cdbb63f407000800000e00000000f','','formula',1773212680000000,0,'2026-03-11',0,0,0,0,15,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,1,260,1,0,'2026-03-11','2026-03-10',2,260,6,0,'2026-03-17','2026-03-11',NULL,NULL,'{"kind":"derivative","f":"sin(3*x^2)","by":"x"}',NULL);
INSERT INTO "review" VALUES(15,'019cdbb68d607000800000f000000010','','gone',1773212700000000,0,'2026-03-11',0,0,0,0,16,'2x cos(x^2)','correct',NULL,5,3,0,1,20000000,1,260,1,0,'2026-03-11','2026-03-10',2,246,6,0,'2026-03-17','2026-03-11',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(16,'019cdbb6db8070008000010000000011','','graph',1773212720000000,0,'2026-03-11',0,0,0,0,17,'π√x','undecided','missing-inner-derivative',NULL,2,0,2,20000000,1,250,1,0,'2026-03-11','2026-03-10',0,250,1,1,'2026-03-12','2026-03-11',NULL,NULL,'{"kind":"backprop","f":"L","by":"w","at":[["w","2"],["x","3"]],"graph":[["u","w*x"],["L","u^2"]]}',NULL);
INSERT INTO "review" VALUES(17,'019cdbb729a070008000011000000012','','put-away',1773212740000000,0,'2026-03-11',0,0,0,0,18,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',1,250,1,1,'2026-03-12','2026-03-11',1773212760000000,NULL,NULL,NULL);
INSERT INTO "review" VALUES(18,'019cdbb777c070008000012000000013','','leibniz',1773212760000000,0,'2026-03-11',0,0,0,0,19,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',1,260,1,1,'2026-03-12','2026-03-11',1773212760000000,NULL,'{"kind":"steps","f":"exp(x^3)","by":"x"}',NULL);
INSERT INTO "review" VALUES(19,'019cdbb7c5e070008000013000000013','','leibniz',1773212780000000,0,'2026-03-11',0,0,0,0,19,'2x cos(x^2)','correct',NULL,5,4,0,1,20000000,0,250,1,1,'2026-03-11','2026-03-10',1,250,1,1,'2026-03-12','2026-03-11',NULL,NULL,'{"kind":"steps","f":"exp(x^3)","by":"x"}',NULL);
INSERT INTO "review" VALUES(20,'019cfa9e3c0070008000014000000015','','thought',1773731200000000,0,'2026-03-17',0,0,0,0,21,'π√x','undecided','missing-inner-derivative',NULL,1,0,2,20000000,0,250,1,1,'2026-03-11','2026-03-10',0,250,1,2,'2026-03-18','2026-03-17',NULL,NULL,NULL,NULL);
INSERT INTO "review" VALUES(21,'019cfa9e8a2070008000015000000016','','graph',1773731220000000,0,'2026-03-17',0,0,0,0,22,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,1,1,'2026-03-12','2026-03-11',1,260,1,1,'2026-03-18','2026-03-17',NULL,NULL,'{"kind":"backprop","f":"L","by":"w","at":[["w","2"],["x","3"]],"graph":[["u","w*x"],["L","u^2"]]}',NULL);
INSERT INTO "review" VALUES(22,'019cfa9ed84070008000016000000017','','leibniz',1773731240000000,0,'2026-03-17',0,0,0,0,23,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,1,250,1,1,'2026-03-12','2026-03-11',2,260,6,1,'2026-03-23','2026-03-17',NULL,NULL,'{"kind":"steps","f":"exp(x^3)","by":"x"}',NULL);
INSERT INTO "review" VALUES(23,'019cfa9ed84070048000017000000001','','formula',1773126020000000,0,'2026-03-10',0,0,1,0,1,'2x cos(x^2)','correct',NULL,5,5,0,1,20000000,0,250,0,0,NULL,NULL,1,260,1,0,'2026-03-11','2026-03-10',NULL,NULL,'{"kind":"derivative","f":"sin(7*x^2)","by":"x"}',NULL);
CREATE TABLE schedule (
        id INTEGER NOT NULL CHECK (id = 1),
        "key" TEXT NOT NULL,
        catch_up_until TEXT,
        catch_up_limit INTEGER,
        PRIMARY KEY (id)
    );
INSERT INTO "schedule" VALUES(1,'outdated',NULL,NULL);
CREATE TABLE tally (
        study_day TEXT NOT NULL,
        topic TEXT NOT NULL,
        proposed INTEGER NOT NULL,
        quality INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        first INTEGER NOT NULL,
        young INTEGER NOT NULL,
        mature INTEGER NOT NULL,
        drills INTEGER NOT NULL,
        practised INTEGER NOT NULL,
        spent INTEGER NOT NULL,
        PRIMARY KEY (study_day, topic, proposed, quality)
    ) WITHOUT ROWID;
INSERT INTO "tally" VALUES('2026-03-10','small',-1,0,1,1,0,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-10','small',-1,1,1,1,0,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-10','small',-1,2,1,1,0,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-10','small',5,3,1,1,0,0,1,0,40000000);
INSERT INTO "tally" VALUES('2026-03-10','small',5,4,2,2,0,0,3,0,100000000);
INSERT INTO "tally" VALUES('2026-03-10','small',5,5,3,3,0,0,0,1,80000000);
INSERT INTO "tally" VALUES('2026-03-11','small',-1,2,1,0,1,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-11','small',5,3,1,0,1,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-11','small',5,4,2,0,2,0,0,0,40000000);
INSERT INTO "tally" VALUES('2026-03-17','small',-1,1,1,0,1,0,0,0,20000000);
INSERT INTO "tally" VALUES('2026-03-17','small',5,5,2,0,2,0,0,0,40000000);
CREATE TABLE undo (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        event_id TEXT NOT NULL,
        undone_at INTEGER NOT NULL,
        PRIMARY KEY (number)
    );
INSERT INTO "undo" VALUES(13,'019cdbb777c070009000011000000012','','019cdbb729a070008000011000000012',1773212760000000);
INSERT INTO "undo" VALUES(14,'019cdbb777c070009000012000000013','','019cdbb777c070008000012000000013',1773212760000000);
INSERT INTO "undo" VALUES(15,'019cdbb7c5e070009000000000000001','','019cdbb7c5e070048000000000000001',1773212780000000);
INSERT INTO "undo" VALUES(16,'01a1f89cfb8070149000000000000007','','01a1f8660d0070148000000000000007',1795172400000005);
INSERT INTO "undo" VALUES(17,'01a1f89cfb8070149000000000000008','','01a1f8660d0070188000000000000008',1795172400000005);
CREATE INDEX card_queue ON card (missing, suspended, due, position, buried_until, id);
CREATE INDEX card_topic ON card (topic, missing, suspended, due, position, buried_until, id);
CREATE INDEX card_tag_cards ON card_tag (tag, card_id);
CREATE INDEX card_memory ON card (lapses, missing, topic, interval, ease, suspended, due, id);
CREATE VIEW counted AS SELECT
        review.number AS number,
        review.card_id AS card_id,
        review.study_day AS study_day,
        card.topic AS topic,
        coalesce(review.proposed, -1) AS proposed,
        review.quality AS quality,
        NOT review.drill AND NOT review.practice AS reviews,
        NOT review.drill AND NOT review.practice AND review.before_reviewed IS NULL AS first,
        NOT review.drill AND NOT review.practice AND review.before_interval BETWEEN 1 AND 20
            AND review.before_reviewed IS NOT review.study_day AS young,
        NOT review.drill AND NOT review.practice AND review.before_interval > 20
            AND review.before_reviewed IS NOT review.study_day AS mature,
        review.drill AS drills,
        review.practice AS practised,
        review.duration AS spent
        FROM review JOIN card ON card.id = review.card_id WHERE review.undone_at IS NULL;
CREATE TRIGGER tally_logged AFTER INSERT ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT study_day, topic, proposed, quality, reviews, first, young, mature, drills, practised, spent FROM counted WHERE number = NEW.number ON CONFLICT (study_day, topic, proposed, quality) DO UPDATE SET
    reviews = reviews + excluded.reviews, first = first + excluded.first, young = young + excluded.young, mature = mature + excluded.mature, drills = drills + excluded.drills, practised = practised + excluded.practised, spent = spent + excluded.spent;
    END;
CREATE TRIGGER tally_changing BEFORE UPDATE ON review WHEN OLD.undone_at IS NULL BEGIN
        UPDATE tally SET reviews = tally.reviews - gone.reviews, first = tally.first - gone.first, young = tally.young - gone.young, mature = tally.mature - gone.mature, drills = tally.drills - gone.drills, practised = tally.practised - gone.practised, spent = tally.spent - gone.spent FROM (SELECT * FROM counted WHERE number = OLD.number) AS gone WHERE tally.study_day = gone.study_day AND tally.topic = gone.topic AND tally.proposed = gone.proposed AND tally.quality = gone.quality;
        DELETE FROM tally WHERE study_day = OLD.study_day AND reviews + drills + practised = 0;
    END;
CREATE TRIGGER tally_changed AFTER UPDATE ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT study_day, topic, proposed, quality, reviews, first, young, mature, drills, practised, spent FROM counted WHERE number = NEW.number ON CONFLICT (study_day, topic, proposed, quality) DO UPDATE SET
    reviews = reviews + excluded.reviews, first = first + excluded.first, young = young + excluded.young, mature = mature + excluded.mature, drills = drills + excluded.drills, practised = practised + excluded.practised, spent = spent + excluded.spent;
    END;
CREATE TRIGGER tally_left BEFORE UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        UPDATE tally SET reviews = tally.reviews - gone.reviews, first = tally.first - gone.first, young = tally.young - gone.young, mature = tally.mature - gone.mature, drills = tally.drills - gone.drills, practised = tally.practised - gone.practised, spent = tally.spent - gone.spent FROM (
            SELECT study_day, topic, proposed, quality, sum(reviews) AS reviews, sum(first) AS first, sum(young) AS young, sum(mature) AS mature, sum(drills) AS drills, sum(practised) AS practised, sum(spent) AS spent
            FROM counted WHERE card_id = OLD.id GROUP BY study_day, topic, proposed, quality
        ) AS gone WHERE tally.study_day = gone.study_day AND tally.topic = gone.topic AND tally.proposed = gone.proposed AND tally.quality = gone.quality;
        DELETE FROM tally WHERE topic = OLD.topic AND reviews + drills + practised = 0
            AND study_day IN (SELECT study_day FROM review WHERE card_id = OLD.id);
    END;
CREATE TRIGGER tally_joined AFTER UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        INSERT INTO tally SELECT study_day, topic, proposed, quality, sum(reviews), sum(first), sum(young), sum(mature), sum(drills), sum(practised), sum(spent) FROM counted WHERE card_id = NEW.id GROUP BY study_day, topic, proposed, quality ON CONFLICT (study_day, topic, proposed, quality) DO UPDATE SET
    reviews = reviews + excluded.reviews, first = first + excluded.first, young = young + excluded.young, mature = mature + excluded.mature, drills = drills + excluded.drills, practised = practised + excluded.practised, spent = spent + excluded.spent;
    END;
CREATE INDEX review_day ON review
        (study_day, card_id, quality, drill, practice, before_reviewed, duration, id, undone_at)
        WHERE undone_at IS NULL;
CREATE INDEX review_card ON review (card_id, study_day, drill, practice, quality, duration, undone_at)
        WHERE undone_at IS NULL;
CREATE INDEX review_slip ON review
        (misconception, study_day, card_id, drill, practice, quality, duration, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL;
CREATE UNIQUE INDEX review_id ON review (id);
CREATE INDEX reset_card ON reset (card_id);
CREATE INDEX reset_id ON reset (id);
CREATE INDEX mark_change_card ON mark_change (card_id, mark, id);
CREATE INDEX mark_change_id ON mark_change (id);
CREATE UNIQUE INDEX undo_id ON undo (id);
CREATE INDEX undo_event ON undo (event_id);
CREATE INDEX review_low ON review (study_day, id, card_id, practice, quality, undone_at)
        WHERE practice IS 0 AND quality < 4 AND undone_at IS NULL;
COMMIT;
